namespace Compose.Module.Common.Host;

/// <summary>
/// When a project's files say what there is, and when the engine does; Tab follows the same rule as the cmdlets.
/// </summary>
internal static class ProjectFiles
{
    /// <param name="areNamed">Whether -Path or -ProjectDirectory names files.</param>
    /// <param name="projectName">What -ProjectName or COMPOSE_PROJECT_NAME says.</param>
    public static bool AreMeant(bool areNamed, IReadOnlyList<string>? projectName) => areNamed || projectName is null;
}
