using Compose.Errors;

namespace Compose.State;

/// <summary>Which containers of a project are read: those of services, and single ones; with neither, all.</summary>
internal sealed record ContainerChoice
{
    public required string ProjectName { get; init; }

    /// <summary>Names of services, * and ? allowed.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of single containers, besides the services.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The services the files have: none of them is unknown, though it has no container yet.</summary>
    public IReadOnlyCollection<string> Known { get; init; } = [];

    /// <summary>The replica's number of the services named, or null for all.</summary>
    public int? Index { get; init; }

    public bool Includes(string service, string container, int replica) =>
        (Services.Count == 0 && Containers.Count == 0 && (Index is null || replica == Index))
        || Containers.Contains(container)
        || (Services.Any(pattern => NamePattern.IsMatch(pattern, service)) && (Index is null || replica == Index));

    public bool Includes(ComposeContainer container) => Includes(container.Service, container.Container, container.Replica);

    /// <summary>Those of the containers that are meant, in their order.</summary>
    /// <exception cref="ComposeException">ServiceNotFound, ContainerNotFound or ReplicaNotFound: what is named does not exist.</exception>
    public IReadOnlyList<ComposeContainer> Of(IReadOnlyList<ComposeContainer> containers)
    {
        foreach (var name in Services.Where(name => !NamePattern.IsPattern(name) && !Known.Contains(name)))
        {
            if (!containers.Any(container => container.Service == name))
                throw StateErrors.ServiceNotFound.Exception($"Project '{ProjectName}' has no container of service '{name}'.", name);
        }

        foreach (var name in Containers)
        {
            if (!containers.Any(container => container.Container == name))
                throw EngineErrors.ContainerNotFound.Exception($"Project '{ProjectName}' has no container '{name}'.", name);
        }

        var meant = containers.Where(Includes).ToList();
        if (meant.Count == 0 && Index is not null && containers.Count > 0)
            throw StateErrors.ReplicaNotFound.Exception($"Project '{ProjectName}' has no replica {Index} of {(Services.Count == 0 ? "any service" : "service " + string.Join(", ", Services))}.", Index);
        return meant;
    }
}
