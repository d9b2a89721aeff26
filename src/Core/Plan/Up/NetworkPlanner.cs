using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>
/// What planners need to know about a network: the engine's copy of it, whether it drifted, and the request that creates it.
/// </summary>
internal static class NetworkPlanner
{
    /// <summary>
    /// The engine's network for a definition. Of several with the same name, the project's own counts, and of those the one in
    /// use.
    /// </summary>
    public static ObservedNetwork? Find(PlanContext context, NetworkDefinition network)
    {
        var named = context.State.Networks.Where(candidate => candidate.Name == network.Name).ToList();
        return named.Where(candidate => IsOwn(context, candidate))
            .OrderByDescending(candidate => Users(context, candidate))
            .ThenBy(candidate => candidate.Id, StringComparer.Ordinal)
            .FirstOrDefault()
            ?? named.FirstOrDefault()
            ?? (network.External ? context.State.Networks.FirstOrDefault(candidate => candidate.Id == network.Name) : null);
    }

    /// <summary>Unused networks of the project with the same name: two simultaneous runs may each have created one.</summary>
    public static IEnumerable<ObservedNetwork> Duplicates(PlanContext context, NetworkDefinition network) =>
        Find(context, network) is { } kept
        ? context.State.Networks.Where(candidate =>
            candidate.Name == network.Name
                && candidate.Id != kept.Id
                && IsOwn(context, candidate)
                && Users(context, candidate) == 0)
        : [];

    private static int Users(PlanContext context, ObservedNetwork network) =>
        context.State.Containers.Count(container => container.Networks.Values.Contains(network.Id));

    /// <summary>Refuses a missing external network.</summary>
    public static void CheckExternal(PlanContext context, NetworkDefinition network)
    {
        if (network.External && Find(context, network) is null && network.Name is not ("host" or "none" or "bridge"))
            throw PlanErrors.ExternalNetworkNotFound.Exception(
                $"{network.Origin}: network {network.Name} declared as external, but could not be found", network.Name);
    }

    /// <summary>The changed fields of the project's own network; null if it has not changed.</summary>
    public static IReadOnlyList<FieldChange>? Drift(PlanContext context, NetworkDefinition network) =>
        network.External || Find(context, network) is not { } found || !IsOwn(context, found) ? null
        : ResourceComparer.Drift(
            found.Label, context.Hashes.Network(network),
            () => found.Resource is { } actual ? ResourceComparer.Compare(actual, Request(context, network)) : null);

    /// <summary>Whether the network drifted and can be recreated: no container outside the project is on it.</summary>
    public static bool IsRecreated(PlanContext context, NetworkDefinition network) =>
        Drift(context, network) is not null && ForeignContainer(context, Find(context, network)!) is null;

    /// <summary>
    /// The name of a container on the network that is not the project's; null if there is none. The network cannot be removed
    /// while it is there.
    /// </summary>
    public static string? ForeignContainer(PlanContext context, ObservedNetwork network) =>
        (network.Resource?.Containers ?? new Dictionary<string, NetworkContainer>())
        .Where(container => context.State.Containers.Concat(context.State.Removing).All(own => own.Id != container.Key))
        .Select(container => container.Value.Name ?? container.Key)
        .OrderBy(name => name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Warnings about settings of a network that an older engine ignores.</summary>
    public static IEnumerable<string> Ignored(PlanContext context, NetworkDefinition network)
    {
        if (network is { External: false, EnableIPv4: not null } && !EngineFeatures.CanDisableIPv4(context.State.ApiMinor))
            yield return $"{network.Origin}: the engine speaks API 1.{context.State.ApiMinor} and ignores the enable_ipv4 "
                + $"of network '{network.Key}'.";
    }

    public static bool IsOwn(PlanContext context, ObservedNetwork network) =>
        network.Label(ComposeLabels.Project) == context.Project.Name;

    public static NetworkResource Request(PlanContext context, NetworkDefinition network) => new()
    {
        Name = network.Name,
        CheckDuplicate = true,
        Driver = network.Driver,
        Internal = network.Internal ? true : null,
        Attachable = network.Attachable ? true : null,
        EnableIPv4 = network.EnableIPv4,
        EnableIPv6 = network.EnableIPv6,
        IPAM = network.Ipam is { } ipam ? Ipam(ipam) : null,
        Options = network.DriverOptions.Count > 0 ? network.DriverOptions : null,
        Labels = new SortedDictionary<string, string>(
            network.Labels.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal)
        {
            [ComposeLabels.Network] = network.Key,
            [ComposeLabels.Project] = context.Project.Name,
            [ComposeLabels.Version] = context.Release.Version,
        }.With(ComposeLabels.ConfigHash, Hash(context, network)),
    };

    private static string? Hash(PlanContext context, NetworkDefinition network) =>
        context.Release.HashesNetworks ? context.Hashes.Network(network)[context.Release.HashRule] : null;

    private static Ipam Ipam(IpamDefinition ipam) => new()
    {
        Driver = ipam.Driver,
        Options = ipam.Options.Count > 0 ? ipam.Options : null,
        Config = ipam.Config.Count == 0 ? null :
        [
            .. ipam.Config.Select(pool => new IpamPool
            {
                Subnet = pool.Subnet,
                IPRange = pool.IpRange,
                Gateway = pool.Gateway,
                AuxiliaryAddresses = pool.AuxAddresses.Count > 0 ? pool.AuxAddresses : null,
            }),
        ],
    };
}
