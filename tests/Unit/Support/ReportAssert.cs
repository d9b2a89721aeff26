using Compose.Execute;

namespace Compose.Tests.Support;

internal static class ReportAssert
{
    /// <summary>Fails with every action that did, and why.</summary>
    public static void AssertSucceeded(this ExecutionReport report, string when = "") =>
        Assert.True(
            report.Succeeded,
            when + string.Join(
                "\n", report.Failed.Select(action => $"{action} {action.Error?.Id}: {action.Error?.Message ?? action.Reason}")));
}
