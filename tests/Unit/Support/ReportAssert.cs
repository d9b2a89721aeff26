using Compose.Execute;

namespace Compose.Tests.Support;

internal static class ReportAssert
{
    /// <summary>Fails with all failed actions and their reasons.</summary>
    public static void AssertSucceeded(this ExecutionReport report, string when = "") =>
        Assert.True(
            report.Succeeded,
            when + string.Join(
                "\n", report.Failed.Select(action => $"{action} {action.Error?.Id}: {action.Error?.Message ?? action.Reason}")));
}
