using Compose.Errors;
using Compose.Model.Naming;

namespace Compose.State.Choosing;

/// <summary>Which containers of a project are read: those of services, and single ones; with neither, all.</summary>
internal sealed record ContainerChoice
{
    public required string ProjectName { get; init; }

    /// <summary>Names of services, wildcards allowed.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of single containers, besides the services.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>The services the files have: none of them is unknown, though it has no container yet.</summary>
    public IReadOnlyCollection<string> Known { get; init; } = [];

    /// <summary>
    /// Whether files declare the project, which may have no container yet; a project that is only named must have one.
    /// </summary>
    public bool FromFiles { get; init; }

    /// <summary>The replica's number of the services named, or null for all.</summary>
    public int? Index { get; init; }

    /// <summary>Takes the error of a name that is nowhere, where another one is; without it, that error is thrown too.</summary>
    public Action<ErrorInfo>? Tell { get; init; }

    public bool Includes(string service, string container, int replica) =>
        (Services.Count == 0 && Containers.Count == 0 && (Index is null || replica == Index))
        || Containers.Contains(container)
        || (Services.Any(pattern => NamePattern.IsMatch(pattern, service)) && (Index is null || replica == Index));

    public bool Includes(ComposeContainer container) => Includes(container.Service, container.Container, container.Replica);

    /// <summary>Those of the containers that are meant, in their order.</summary>
    /// <exception cref="ComposeException">ServiceNotFound, ContainerNotFound or ReplicaNotFound: nothing of what is named
    /// exists.</exception>
    public IReadOnlyList<ComposeContainer> Of(IReadOnlyList<ComposeContainer> containers)
    {
        var missing = Missing(containers).ToList();
        var isNothingLeft = missing.Count == Services.Count + Containers.Count;
        if (missing.Count > 0 && Tell is null)
            throw new ComposeException(missing[0]);
        foreach (var error in isNothingLeft ? missing.Take(missing.Count - 1) : missing)
            Tell!(error);
        if (missing.Count > 0 && isNothingLeft)
            throw new ComposeException(missing[missing.Count - 1]);
        var meant = containers.Where(Includes).ToList();
        if (meant.Count == 0 && Index is not null && containers.Count > 0)
            throw StateErrors.ReplicaNotFound.Exception(
                $"Project '{ProjectName}' has no replica {Index} of "
                    + $"{(Services.Count == 0 ? "any service" : "service " + string.Join(", ", Services))}.",
                Index);
        return meant;
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
