using Compose.Model;

namespace Compose.Module.Common.Pipeline;

/// <summary>What parameters and the pipeline name, record by record, gathered so that each project is worked on once.</summary>
internal sealed class TargetList
{
    private readonly List<Target> _targets = [];

    /// <summary>
    /// Takes what one record names: containers, which go before services, or services, or with neither the whole project.
    /// </summary>
    public void Add(string? engineHost, IReadOnlyList<string> projectNames, ComposeProject? project,
        IReadOnlyList<string>? services, IReadOnlyList<string>? containers) =>
        _targets.AddRange(projectNames.Select(name =>
            new Target(engineHost, name, project, containers is { Count: > 0 } ? [] : services ?? [], containers ?? [])));

    /// <summary>What is named on each engine, in the order the engines came; a project's name may still be a pattern.</summary>
    public IEnumerable<IGrouping<string?, Target>> ByEngine() => _targets.GroupBy(target => target.EngineHost);

    /// <summary>What is named of each project, in the order the projects came.</summary>
    public IEnumerable<Target> ByProject() => ByEngine().SelectMany(ByProject);

    /// <summary>What is named of each project of one engine.</summary>
    public static IEnumerable<Target> ByProject(IEnumerable<Target> targets) =>
        targets.GroupBy(target => target.ProjectName).Select(group => Merged([.. group]));

    private static Target Merged(IReadOnlyList<Target> targets)
    {
        // One record that names neither service nor container means the whole project.
        var all = targets.Any(target => target.Services.Count == 0 && target.Containers.Count == 0);
        return targets[0] with
        {
            Project = targets.Select(target => target.Project).FirstOrDefault(project => project is not null),
            Services = all ? [] : [.. targets.SelectMany(target => target.Services).Distinct()],
            Containers = all ? [] : [.. targets.SelectMany(target => target.Containers).Distinct()],
        };
    }

    /// <summary>What is named of a project; with neither services nor containers, all of it.</summary>
    /// <param name="EngineHost">The engine a piped object came from, or null for the one the parameters mean.</param>
    /// <param name="ProjectName">The project's name, or a pattern.</param>
    /// <param name="Project">The project where it was loaded from files.</param>
    /// <param name="Services">Names of services, or patterns.</param>
    /// <param name="Containers">Names of containers.</param>
    internal sealed record Target(
        string? EngineHost, string ProjectName, ComposeProject? Project, IReadOnlyList<string> Services,
        IReadOnlyList<string> Containers);
}
