using Compose.Model;

namespace Compose.Module.Common.Pipeline;

/// <summary>Collects the targets of parameters and piped objects, so that each project is processed once.</summary>
internal sealed class TargetList
{
    private readonly List<Target> _targets = [];

    /// <summary>
    /// Adds the target of one record: its containers, else its services, else the whole project.
    /// </summary>
    public void Add(string? engineHost, IReadOnlyList<string> projectNames, ComposeProject? project,
        IReadOnlyList<string>? services, IReadOnlyList<string>? containers) =>
        _targets.AddRange(projectNames.Select(name =>
            new Target(engineHost, name, project, containers is { Count: > 0 } ? [] : services ?? [], containers ?? [])));

    /// <summary>The targets of each engine, in the order of the engines. Project names may still be patterns.</summary>
    public IEnumerable<IGrouping<string?, Target>> ByEngine() => _targets.GroupBy(target => target.EngineHost);

    /// <summary>The merged target of each project, in the order of the projects.</summary>
    public IEnumerable<Target> ByProject() => ByEngine().SelectMany(ByProject);

    /// <summary>The merged target of each project of one engine.</summary>
    public static IEnumerable<Target> ByProject(IEnumerable<Target> targets) =>
        targets.GroupBy(target => target.ProjectName).Select(group => Merged([.. group]));

    private static Target Merged(IReadOnlyList<Target> targets)
    {
        // A record without service and container selects the whole project.
        var all = targets.Any(target => target.Services.Count == 0 && target.Containers.Count == 0);
        return targets[0] with
        {
            Project = targets.Select(target => target.Project).FirstOrDefault(project => project is not null),
            Services = all ? [] : [.. targets.SelectMany(target => target.Services).Distinct()],
            Containers = all ? [] : [.. targets.SelectMany(target => target.Containers).Distinct()],
        };
    }

    /// <summary>A project, or some of its services or containers.</summary>
    /// <param name="EngineHost">The engine of a piped object, or null for the engine of the parameters.</param>
    /// <param name="ProjectName">The project's name, or a pattern.</param>
    /// <param name="Project">The project, if it was loaded from files.</param>
    /// <param name="Services">Names of services, or patterns.</param>
    /// <param name="Containers">Names of containers.</param>
    internal sealed record Target(
        string? EngineHost, string ProjectName, ComposeProject? Project, IReadOnlyList<string> Services,
        IReadOnlyList<string> Containers);
}
