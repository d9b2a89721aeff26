using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Plan.Compare;

/// <summary>
/// Compares a network or volume with the request that would create it. Values that the engine chose, because the file has none,
/// are ignored.
/// </summary>
internal static class ResourceComparer
{
    /// <summary>
    /// The changed fields, possibly none that can be named; null if nothing changed. A resource without a hash counts as
    /// unchanged. One with a hash of an unknown rule is compared field by field.
    /// </summary>
    /// <param name="label">The resource's labels.</param>
    /// <param name="known">The hashes of the definition in the file, by every known rule.</param>
    /// <param name="compare">Compares the fields; returns null if they are not known.</param>
    public static IReadOnlyList<FieldChange>? Drift(
        Func<string, string?> label, IReadOnlyList<string> known, Func<IReadOnlyList<FieldChange>?> compare)
    {
        if (label(ComposeLabels.ConfigHash) is not { } hash || known.Contains(hash))
            return null;
        var changes = compare();
        return changes is { Count: 0 } && label(ComposeLabels.Version) != ComposeLabels.CompatibleVersion ? null : changes ?? [];
    }

    /// <summary>The names of changed fields in brackets, for a warning; nothing if none can be named.</summary>
    public static string Listed(IReadOnlyList<FieldChange> changes) =>
        changes.Count == 0 ? "" : $" ({string.Join(", ", changes)})";

    public static IReadOnlyList<FieldChange> Compare(NetworkResource actual, NetworkResource wanted) =>
    [
        .. Field("driver", actual.Driver, wanted.Driver ?? (actual.Driver is "nat" ? actual.Driver : "bridge")),
        .. Field("internal", Flag(actual.Internal), Flag(wanted.Internal)),
        .. Field("attachable", Flag(actual.Attachable), Flag(wanted.Attachable)),
        // An older engine does not report it; a newer one enables IPv4 unless the request disables it.
        .. Field("enable_ipv4", Flag(actual.EnableIPv4), Flag(actual.EnableIPv4 is null ? null : wanted.EnableIPv4 ?? true)),
        .. Field("enable_ipv6", Flag(actual.EnableIPv6), Flag(wanted.EnableIPv6)),
        .. Field("ipam.driver", actual.IPAM?.Driver, wanted.IPAM?.Driver ?? "default"),
        .. Pools(actual.IPAM?.Config ?? [], wanted.IPAM?.Config ?? []),
        .. PairChanges.Of("ipam.options", actual.IPAM?.Options, wanted.IPAM?.Options),
        .. PairChanges.Of("driver_opts", actual.Options, wanted.Options),
        .. PairChanges.Of("labels", PairChanges.Own(actual.Labels), PairChanges.Own(wanted.Labels)),
    ];

    public static IReadOnlyList<FieldChange> Compare(VolumeResource actual, CreateVolumeRequest wanted) =>
    [
        .. Field("driver", actual.Driver, wanted.Driver ?? "local"),
        .. PairChanges.Of("driver_opts", actual.Options, wanted.DriverOpts),
        .. PairChanges.Of("labels", PairChanges.Own(actual.Labels), PairChanges.Own(wanted.Labels)),
    ];

    /// <summary>The engine chooses a pool if the file has none, and a gateway if the file's pool has none.</summary>
    private static IEnumerable<FieldChange> Pools(IReadOnlyList<IpamPool> actual, IReadOnlyList<IpamPool> wanted) =>
        wanted.Count == 0
        ? []
        : Field(
            "ipam.config",
            Text(
                actual.Select((pool, index) =>
                    index < wanted.Count && wanted[index].Gateway is null ? pool with { Gateway = null } : pool)),
            Text(wanted));

    private static string Text(IEnumerable<IpamPool> pools) => string.Join("; ", pools.Select(pool => string.Join(" ",
        new[] {
            pool.Subnet, pool.IPRange is { Length: > 0 } range ? "range " + range : null,
            pool.Gateway is { Length: > 0 } gateway ? "gateway " + gateway : null}.OfType<string>()
            .Concat(
                (pool.AuxiliaryAddresses ?? new Dictionary<string, string>())
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => $"{pair.Key}={pair.Value}")))));

    private static string? Flag(bool? value) => value == true ? "true" : null;

    private static IEnumerable<FieldChange> Field(string name, string? old, string? now) =>
        (old ?? "") == (now ?? "") ? [] : [new FieldChange(name, old is "" ? null : old, now is "" ? null : now)];
}
