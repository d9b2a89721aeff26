using System.Globalization;
using System.Text.Json.Nodes;
using Compose.Engine.Dto;

namespace Compose.Execute.Describe;

/// <summary>The ports a container publishes and exposes.</summary>
internal static class PortDescription
{
    public static IEnumerable<JsonNode> Ports(ContainerConfig config, HostConfig host) =>
        from entry in Bindings(config, host)
        let port = Split(entry.Key)
        orderby port.Number, port.Protocol
        from binding in entry.Value ?? []
        select Port(port.Number, port.Protocol, binding);

    /// <summary>Exposed ports that are neither the image's nor published.</summary>
    public static IEnumerable<string> Exposed(ContainerConfig config, ContainerConfig image, HostConfig host) =>
        host.PublishAllPorts == true ? [] :
        (config.ExposedPorts?.Keys ?? [])
            .Except(image.ExposedPorts?.Keys ?? [])
            .Except(host.PortBindings?.Keys ?? [])
            .OrderBy(port => port, StringComparer.Ordinal);

    /// <summary>The requested ports; with publish-all, also the others, at a port that the engine picks.</summary>
    private static IEnumerable<KeyValuePair<string, IReadOnlyList<PortBinding>>> Bindings(ContainerConfig config, HostConfig host)
    {
        var asked = host.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>>();
        return host.PublishAllPorts != true ? asked : asked.Concat((config.ExposedPorts?.Keys ?? []).Except(asked.Keys)
            .Select(port => new KeyValuePair<string, IReadOnlyList<PortBinding>>(port, [new PortBinding()])));
    }

    private static JsonObject Port(int number, string protocol, PortBinding binding)
    {
        var port = new JsonObject { ["target"] = number };
        // A port that the engine picked is left open.
        if (binding.HostPort is { Length: > 0 } published && published != "0")
            port["published"] = published;
        port.Text("host_ip", binding.HostIp);
        if (protocol != "tcp")
            port["protocol"] = protocol;
        return port;
    }

    private static (int Number, string Protocol) Split(string port)
    {
        var parts = port.Split('/');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? parts[1] : "tcp");
    }
}
