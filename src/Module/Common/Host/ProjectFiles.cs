namespace Compose.Module.Common.Host;

/// <summary>
/// Decides whether a project comes from its files or from the engine, for cmdlets and for completion.
/// </summary>
internal static class ProjectFiles
{
    /// <param name="areNamed">Whether -Path or -ProjectDirectory was given.</param>
    /// <param name="projectName">The names of -ProjectName or COMPOSE_PROJECT_NAME.</param>
    public static bool AreUsed(bool areNamed, IReadOnlyList<string>? projectName) => areNamed || projectName is null;
}
