using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.Module.Common.Parameters;

/// <summary>Refuses several names or a wildcard in -ProjectName, for cmdlets that work on one project.</summary>
internal static class SeveralProjects
{
    public static bool AreNamed(IReadOnlyList<string>? names) =>
        names is { Count: > 1 } || names?.Any(NamePattern.IsPattern) == true;

    public static ErrorInfo Error(string cmdlet, IReadOnlyList<string> names) =>
        ExecuteErrors.SeveralProjects.Info(names.Count > 1
        ? $"{cmdlet} works on one project here, and -ProjectName names {names.Count}."
        : $"{cmdlet} works on one project here, and the wildcard '{names[0]}' may match several.", names);
}
