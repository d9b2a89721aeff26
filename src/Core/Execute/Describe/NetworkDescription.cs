using System.Text.Json.Nodes;
using Compose.Engine.Dto;

namespace Compose.Execute.Describe;

/// <summary>A container's networks, or the container whose network it shares.</summary>
internal static class NetworkDescription
{
    private const int ShortId = 12;

    public static void Add(JsonObject service, DescribedContainer container, ProjectResourceNames names)
    {
        var host = container.Inspect.HostConfig;
        switch (host.NetworkMode)
        {
            case null or "" or "default" or "bridge" or "nat":
                service["network_mode"] = host.NetworkMode is "nat" ? "nat" : "bridge";
                Links(service, host.Links?.Select(Link), names);
                break;
            case "host" or "none":
                service["network_mode"] = host.NetworkMode;
                break;
            case var mode when mode.StartsWith("container:", StringComparison.Ordinal):
                service["network_mode"] = names.Shared(mode);
                break;
            default:
                Join(service, container, names);
                Links(
                    service, container.Inspect.NetworkSettings?.Networks?.Values.SelectMany(endpoint => endpoint.Links ?? []),
                    names);
                break;
        }
    }

    private static void Join(JsonObject service, DescribedContainer container, ProjectResourceNames names)
    {
        var joined = container.Inspect.NetworkSettings?.Networks ?? new Dictionary<string, EndpointSettings>();
        var networks = new JsonObject();
        foreach (var network in joined.OrderBy(network => network.Key, StringComparer.Ordinal))
        {
            var endpoint = Endpoint(network.Value, container);
            // The network that the container was created on is first.
            if (joined.Count > 1 && network.Key == container.Inspect.HostConfig.NetworkMode)
                endpoint["priority"] = 1;
            networks[names.Network(network.Key)] = endpoint.Count > 0 ? endpoint : null;
        }

        // The default network alone need not be written.
        if (networks.Count != 1 || !networks.ContainsKey("default") || networks["default"] is not null)
            service.Part("networks", networks);
    }

    /// <summary>A link to a container in the file is written with its service; names that it has anyway are left out.</summary>
    private static void Links(JsonObject service, IEnumerable<string>? links, ProjectResourceNames names)
    {
        var asked = (links ?? [])
            .Distinct()
            .Select(link => link.Split([':'], 2))
            .Select(parts => (Target: parts[0], Alias: parts[parts.Length - 1]))
            .ToList();
        service.Texts("links", asked.Select(link => (link.Target, link.Alias, Other: names.Find(link.Target)))
            .Where(link =>
                link.Other is { } other
                    && link.Alias != other.Name
                    && link.Alias != $"{other.Service}-{other.Number}"
                    && link.Alias != $"{other.Service}_{other.Number}")
            .Select(link => $"{link.Other!.Service}:{link.Alias}"));
        service.Texts(
            "external_links", asked.Where(link => names.Find(link.Target) is null).Select(link => $"{link.Target}:{link.Alias}"));
    }

    private static JsonObject Endpoint(EndpointSettings settings, DescribedContainer container)
    {
        var id = container.Inspect.Id;
        var own = new[] { container.Name, container.Service, id.Substring(0, Math.Min(ShortId, id.Length)) };
        var endpoint = new JsonObject();
        endpoint.Texts("aliases", settings.Aliases?.Except(own).Distinct());
        endpoint.Text("ipv4_address", settings.IPAMConfig?.IPv4Address);
        endpoint.Text("ipv6_address", settings.IPAMConfig?.IPv6Address);
        endpoint.Texts("link_local_ips", settings.IPAMConfig?.LinkLocalIPs);
        endpoint.Pairs("driver_opts", settings.DriverOpts);
        endpoint.Number("gw_priority", settings.GwPriority);
        return endpoint;
    }

    /// <summary><c>/target:/container/alias</c> as <c>target:alias</c>.</summary>
    private static string Link(string link)
    {
        var parts = link.Split([':'], 2);
        var (target, alias) = (parts[0].TrimStart('/'), parts[parts.Length - 1]);
        return target + ":" + alias.Substring(alias.LastIndexOf('/') + 1);
    }
}
