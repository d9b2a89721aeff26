using System.Globalization;
using Compose.Engine.Dto;
using Compose.Files.Schema;
using Compose.Model;

namespace Compose.Plan.Requests;

/// <summary>Published and exposed ports.</summary>
internal static class PortTranslation
{
    public static IReadOnlyDictionary<string, EmptyObject>? Exposed(ServiceDefinition service)
    {
        var ports = service.Ports.Select(Key)
            .Concat(service.Expose.SelectMany(Expand))
            .Distinct()
            .OrderBy(port => port, StringComparer.Ordinal)
            .ToList();
        return ports.Count == 0 ? null : ports.ToDictionary(port => port, _ => EmptyObject.Value);
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? Bindings(ServiceDefinition service) =>
        service.Ports.Count == 0
        ? null
        : service.Ports.GroupBy(Key).ToDictionary(
            group => group.Key,
            group =>
                (IReadOnlyList<PortBinding>)[
                    .. group.Select(port => new PortBinding { HostIp = port.HostIP ?? "", HostPort = port.Published ?? "" })]);

    private static string Key(PortDefinition port) =>
        string.Format(CultureInfo.InvariantCulture, "{0}/{1}", port.Target, port.Protocol);

    /// <summary>Expands a range of ports: <c>90-91/udp</c> is <c>90/udp</c> and <c>91/udp</c>.</summary>
    public static IEnumerable<string> Expand(string exposed)
    {
        var parts = exposed.Split('/');
        var protocol = parts.Length > 1 ? parts[1] : "tcp";
        if (PortRange.Parse(parts[0]) is not { } range)
            return [$"{parts[0]}/{protocol}"];
        return Enumerable.Range(range.First, range.Last - range.First + 1).Select(
            port => string.Format(CultureInfo.InvariantCulture, "{0}/{1}", port, protocol));
    }
}
