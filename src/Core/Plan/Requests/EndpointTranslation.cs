using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Plan.Requests;

/// <summary>The network mode and endpoints of a service's containers.</summary>
internal static class EndpointTranslation
{
    private const string Default = "default";
    private const string InterfaceName = "com.docker.network.endpoint.ifname";

    /// <summary>The network mode: the service's own, else its network of highest priority.</summary>
    public static string Mode(ComposeProject project, ServiceDefinition service) =>
        service.NetworkMode is { Length: > 0 } mode
            ? mode
            : (Joined(project, service).FirstOrDefault() is { } key ? project.Networks[key].Name : "none");

    /// <summary>The keys of a service's networks: highest priority first, then by name.</summary>
    public static IEnumerable<string> Ordered(ServiceDefinition service) => service.NetworkMode is not null
        ? []
        : service.Networks.OrderByDescending(pair => pair.Value?.Priority ?? 0)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key);

    /// <summary>
    /// The networks a service is connected to. With an empty network_mode, which a variable without a value leaves, that is the
    /// default network, if the project has one.
    /// </summary>
    public static IEnumerable<string> Joined(ComposeProject project, ServiceDefinition service) =>
        service.NetworkMode is "" && project.Networks.ContainsKey(Default) ? [Default] : Ordered(service);

    public static EndpointSettings Endpoint(
        ServiceDefinition service, string containerName, string key, IReadOnlyList<string> links)
    {
        var settings = service.Networks.TryGetValue(key, out var given) ? given : null;
        var address = settings is { IPv4Address: null, IPv6Address: null, LinkLocalIPs.Count: 0 } or null
            ? null
            : new EndpointIpamConfig
        {
            IPv4Address = settings.IPv4Address,
            IPv6Address = settings.IPv6Address,
            LinkLocalIPs = settings.LinkLocalIPs.Count > 0 ? settings.LinkLocalIPs : null,
        };
        return new EndpointSettings
        {
            Aliases = [containerName, service.Name, .. settings?.Aliases ?? []],
            Links = links.Count > 0 ? links : null,
            IPAMConfig = address,
            MacAddress = settings?.MacAddress,
            DriverOpts = settings is null ? null : DriverOptions(settings),
            GwPriority = settings is { GatewayPriority: not 0 } ? settings.GatewayPriority : null,
        };
    }

    /// <summary>The interface's name is a driver option. One in the file's driver_opts wins.</summary>
    private static IReadOnlyDictionary<string, string>? DriverOptions(ServiceNetworkDefinition settings)
    {
        var options = settings.DriverOptions.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (settings.InterfaceName is { Length: > 0 } name && !options.ContainsKey(InterfaceName))
            options[InterfaceName] = name;
        return options.Count == 0 ? null : options;
    }

    /// <summary><c>service</c> or <c>service:alias</c>.</summary>
    public static (string Service, string Alias) Link(string link)
    {
        var parts = link.Split([':'], 2);
        return (parts[0], parts[parts.Length - 1]);
    }
}
