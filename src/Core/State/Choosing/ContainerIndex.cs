namespace Compose.State.Choosing;

/// <summary>Indexes containers by service and by name, because planners of large projects look them up often.</summary>
internal sealed class ContainerIndex(IReadOnlyList<ObservedContainer> containers)
{
    private readonly Lazy<ILookup<string, ObservedContainer>> _replicas =
        new(() => ByService(containers.Where(container => container.IsReplica)));

    private readonly Lazy<ILookup<string, ObservedContainer>> _keepers =
        new(() => ByService(containers.Where(container => container.Keeper)));

    private readonly Lazy<ILookup<string, ObservedContainer>> _names =
        new(() => containers.ToLookup(container => container.Name, StringComparer.Ordinal));

    public IReadOnlyList<ObservedContainer> All => containers;

    /// <summary>The replicas of a service, lowest number first.</summary>
    public IReadOnlyList<ObservedContainer> Replicas(string service) => [.. _replicas.Value[service]];

    /// <summary>The volume keepers of a service, lowest number first.</summary>
    public IReadOnlyList<ObservedContainer> Keepers(string service) => [.. _keepers.Value[service]];

    public IEnumerable<ObservedContainer> Named(string name) => _names.Value[name];

    private static ILookup<string, ObservedContainer> ByService(IEnumerable<ObservedContainer> chosen) =>
        chosen.OrderBy(container => container.Number).ThenBy(container => container.Name, StringComparer.Ordinal)
            .ToLookup(container => container.Service, StringComparer.Ordinal);
}
