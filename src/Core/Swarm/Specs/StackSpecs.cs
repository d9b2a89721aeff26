using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>Makes the specs of a stack from a project. Pure: contents are read before.</summary>
internal static class StackSpecs
{
    private const string Overlay = "overlay";

    /// <summary>Networks that each node has. A swarm knows them by name, and lists none of them.</summary>
    private static readonly string[] Predefined = ["host", "bridge"];

    public static StackSpec Make(ComposeProject project, StackRequest request)
    {
        var names = new StackNames(project, request.Stack);
        var findings = new SpecFindings(project, request);
        var files = new FileSpecs(project, names, request.Contents, findings);
        names.Check(findings);
        LeftOut.Warn(project, findings);
        var services = project.Services.Values
            .Select(service => new StackService(
                service.Name, new ServiceSpecs(project, names, files, findings).Make(service, request.Ordered), service))
            .ToList();
        var networks = UsedNetworks(project).ToList();
        return new StackSpec
        {
            Name = request.Stack,
            Services = services,
            Networks = [.. networks.Where(network => !network.External).Select(network => Network(network, names, findings))],
            Secrets = files.Secrets(),
            Configs = files.Configs(),
            External = [
                .. networks.Where(network => network.External && !IsPredefined(network.Name))
                    .Select(network => new ExternalObject("network", network.Name, network.Origin)),
                .. files.External(),
            ],
            Warnings = findings.Warnings,
            Refusals = findings.Refusals,
        };
    }

    public static bool IsPredefined(string network) => Predefined.Contains(network);

    private static IEnumerable<NetworkDefinition> UsedNetworks(ComposeProject project)
    {
        var used = project.Services.Values.SelectMany(service => ServiceNetworks.Keys(project, service))
            .ToHashSet(StringComparer.Ordinal);
        return project.Networks.Values.Where(network => used.Contains(network.Key));
    }

    private static SwarmNetworkSpec Network(NetworkDefinition network, StackNames names, SpecFindings findings)
    {
        if (network.Driver is { } driver && IsOfOneNode(driver))
            findings.Refuse(
                SwarmErrors.LocalNetwork, network.Origin,
                $"network '{network.Key}' has the driver '{driver}', and services cannot use it.", network.Key);
        return new SwarmNetworkSpec
        {
            Name = names.Of(network.Key, network.Name),
            Driver = network.Driver is { Length: > 0 } given ? given : Overlay,
            Scope = "swarm",
            Internal = network.Internal,
            Attachable = network.Attachable,
            EnableIPv6 = network.EnableIPv6,
            IPAM = network.Ipam is { } ipam ? Ipam(ipam) : null,
            Options = network.DriverOptions.Count > 0 ? network.DriverOptions : null,
            Labels = names.Labels(network.Labels),
        };
    }

    private static bool IsOfOneNode(string driver) => driver is "bridge" or "host" or "none" or "null";

    private static Ipam Ipam(IpamDefinition ipam) => new()
    {
        Driver = ipam.Driver,
        Options = ipam.Options.Count > 0 ? ipam.Options : null,
        Config = ipam.Config.Count == 0
            ? null
            : [.. ipam.Config.Select(pool => new IpamPool
            {
                Subnet = pool.Subnet,
                IPRange = pool.IpRange,
                Gateway = pool.Gateway,
            })],
    };
}
