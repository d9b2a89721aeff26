using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Files.Schema;
using Compose.Model;

namespace Compose.Swarm.Specs;

/// <summary>The published ports of a service, and whether it has a virtual address.</summary>
internal static class PortSpecs
{
    private const string RoundRobin = "dnsrr";
    private const string Ingress = "ingress";

    public static SwarmEndpointSpec Endpoint(ServiceDefinition service, SpecFindings findings)
    {
        var mode = service.Deploy?.EndpointMode;
        var ports = service.Ports.SelectMany(Ports).OrderBy(port => port.PublishedPort ?? 0).ToList();
        if (mode == RoundRobin && service.Ports.FirstOrDefault(port => port.Mode == Ingress) is { } through)
            findings.Refuse(
                SwarmErrors.IngressWithoutVip, through.Origin.File is null ? service.Origin : through.Origin,
                $"service '{service.Name}' has endpoint_mode dnsrr and publishes {through} in mode ingress.", service.Name);
        return new SwarmEndpointSpec { Mode = mode, Ports = ports.Count == 0 ? null : ports };
    }

    /// <summary>A range of published ports publishes the port at each of them.</summary>
    private static IEnumerable<SwarmPort> Ports(PortDefinition port)
    {
        var range = PortRange.Parse(port.Published ?? "") is { First: > 0 } given ? given : (PortRange?)null;
        var published = range is { } ports
            ? Enumerable.Range(ports.First, ports.Last - ports.First + 1).Select(number => (int?)number)
            : [null];
        return published.Select(number => new SwarmPort
        {
            Name = port.Name,
            Protocol = port.Protocol,
            TargetPort = port.Target,
            PublishedPort = number,
            PublishMode = port.Mode,
        });
    }
}
