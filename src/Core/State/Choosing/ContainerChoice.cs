using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.State.Choosing;

/// <summary>
/// Selects containers of a project for reading commands: those of the named services and the named containers, or all.
/// </summary>
internal sealed record ContainerChoice
{
    public required string ProjectName { get; init; }

    /// <summary>Names of services, with wildcards.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of containers to select in addition.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The services of the compose files. Naming one that has no container yet is not an error.</summary>
    public IReadOnlyCollection<string> Known { get; init; } = [];

    /// <summary>
    /// Whether the project is from compose files and so may have no containers. A project given by name must have one.
    /// </summary>
    public bool FromFiles { get; init; }

    /// <summary>The number of the replica to select, or null for all.</summary>
    public int? Index { get; init; }

    /// <summary>
    /// Receives the errors of names that do not exist, if another one does. If null, the first such error is thrown.
    /// </summary>
    public Action<ErrorInfo>? OnError { get; init; }

    public bool Includes(string service, string container, int replica) =>
        (Services.Count == 0 && Containers.Count == 0 && (Index is null || replica == Index))
        || Containers.Contains(container)
        || (Services.Any(pattern => NamePattern.IsMatch(pattern, service)) && (Index is null || replica == Index));

    public bool Includes(ComposeContainer container) => Includes(container.Service, container.Container, container.Replica);

    /// <summary>The selected containers, in their order.</summary>
    /// <exception cref="ComposeException">ServiceNotFound, ContainerNotFound or ReplicaNotFound, if none of the names
    /// exists.</exception>
    public IReadOnlyList<ComposeContainer> Of(IReadOnlyList<ComposeContainer> containers)
    {
        var missing = Missing(containers).ToList();
        var isNothingLeft = missing.Count == Services.Count + Containers.Count;
        if (missing.Count > 0 && OnError is null)
            throw new ComposeException(missing[0]);
        foreach (var error in isNothingLeft ? missing.Take(missing.Count - 1) : missing)
            OnError!(error);
        if (missing.Count > 0 && isNothingLeft)
            throw new ComposeException(missing[missing.Count - 1]);
        var selected = containers.Where(Includes).ToList();
        if (selected.Count == 0 && Index is not null && containers.Count > 0)
            throw StateErrors.ReplicaNotFound.Exception(
                $"Project '{ProjectName}' has no replica {Index} of "
                    + $"{(Services.Count == 0 ? "any service" : "service " + string.Join(", ", Services))}.",
                Index);
        return selected;
    }

    private IEnumerable<ErrorInfo> Missing(IReadOnlyList<ComposeContainer> containers)
    {
        var services = Known.Concat(containers.Select(container => container.Service)).ToList();
        foreach (var name in NamePattern.Unknown(Services, services))
            yield return StateErrors.ServiceNotFound.Info($"Project '{ProjectName}' has no container of service '{name}'.", name);
        foreach (var name in Containers.Where(name => !containers.Any(container => container.Container == name)))
            yield return EngineErrors.ContainerNotFound.Info($"Project '{ProjectName}' has no container '{name}'.", name);
    }
}
