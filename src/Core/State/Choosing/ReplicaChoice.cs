using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.State.Choosing;

/// <summary>
/// Selects containers of one service for a command such as exec, as docker compose does: replicas by number, or the one with
/// -Index, and then one-offs if the command accepts them.
/// </summary>
internal sealed record ReplicaChoice
{
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The replica's number (<c>-Index</c>), from 1; null for any.</summary>
    public int? Index { get; init; }

    /// <summary>
    /// The name of the one container to select, for an object from the pipeline. It may be a one-off; <see cref="Index"/> is
    /// ignored.
    /// </summary>
    public string? Container { get; init; }

    /// <summary>
    /// Whether the container must be running (exec, attach). If false, stopped ones are accepted too (copy, export).
    /// </summary>
    public bool Running { get; init; }

    /// <summary>Whether one-offs are accepted, after the replicas (exec, attach, commit, export).</summary>
    public bool OneOffs { get; init; }

    /// <summary>All containers that match, at least one, lowest number first.</summary>
    /// <exception cref="ComposeException">ServiceNotFound, ServiceNotRunning, ServicePaused or ReplicaNotFound.</exception>
    public IReadOnlyList<ComposeContainer> All(IEnumerable<ComposeContainer> containers)
    {
        var all = containers.ToList();
        var service = NamePattern.IsPattern(Service)
            ? Service
            : NamePattern.Matches(Service, all.Select(container => container.Service)).FirstOrDefault();
        var replicas = all.Where(container => IsNamed(container, service))
            .OrderBy(container => container.OneOff)
            .ThenBy(container => container.Replica)
            .ThenBy(container => container.Container, StringComparer.Ordinal)
            .ToList();
        if (replicas.Count == 0 && Container is not null)
            throw EngineErrors.ContainerNotFound.Exception($"Project '{ProjectName}' has no container '{Container}'.", Container);
        if (replicas.Count == 0)
            throw StateErrors.ServiceNotFound.Exception(
                $"Project '{ProjectName}' has no container of service '{Service}'.", Service);
        var numbered = replicas.Where(container => Index is null || Container is not null || container.Replica == Index).ToList();
        if (numbered.Count == 0)
        {
            var numbers = replicas.Where(container => !container.OneOff).Select(container => container.Replica).DefaultIfEmpty(0);
            throw StateErrors.ReplicaNotFound.Exception(
                $"Service '{Service}' of project '{ProjectName}' has no replica {Index}; it has {string.Join(", ", numbers)}.",
                Service);
        }

        var selected = numbered.Where(container => !Running || container.IsUp).ToList();
        if (selected.Count == 0)
            throw StateErrors.ServiceNotRunning.Exception(
                $"Service '{Service}' of project '{ProjectName}' is not running: {string.Join(", ", numbered.Select(Describe))}.",
                Service);
        if (Running && selected.TrueForAll(container => container.State == "Paused"))
            throw StateErrors.ServicePaused.Exception(
                $"{string.Join(", ", selected.Select(container => container.Container))} of project '{ProjectName}' is paused.",
                Service);
        return selected;
    }

    private bool IsNamed(ComposeContainer container, string? service) => Container is null
        ? container.Service == service && (OneOffs || !container.OneOff)
        : container.Container == Container;

    private static string Describe(ComposeContainer container) => container.ExitCode is { } code
        ? $"{container.Container} is {container.State.ToLowerInvariant()} ({code})"
        : $"{container.Container} is {container.State.ToLowerInvariant()}";
}
