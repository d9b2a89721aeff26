using System.Globalization;
using Compose.Errors;

namespace Compose.State.Reading;

/// <summary>Finds the published ports of containers.</summary>
internal static class PortLookup
{
    /// <summary>All published ports of the containers, in the engine's order.</summary>
    public static IEnumerable<ComposePort> All(IEnumerable<ComposeContainer> containers, string? protocol) =>
        from container in containers
        from port in container.Ports
        where port.HostPort is not null && (protocol is null || port.Protocol == protocol)
        select Port(container, port);

    /// <summary>
    /// The published ports of one container port. Each host port is listed once, with its IPv4 address if it has one.
    /// </summary>
    /// <exception cref="ComposeException">PortNotPublished.</exception>
    public static IReadOnlyList<ComposePort> Of(ComposeContainer container, int privatePort, string protocol)
    {
        var found = container.Ports.Where(port =>
            port.HostPort is not null && port.ContainerPort == privatePort && port.Protocol == protocol)
            .OrderBy(port => port.HostIP?.IndexOf(':') >= 0)
            .GroupBy(port => port.HostPort)
            .Select(group => group.First())
            .ToList();
        if (found.Count > 0)
            return found.ConvertAll(port => Port(container, port));
        var wanted = string.Format(CultureInfo.InvariantCulture, "{0}/{1}", privatePort, protocol);
        var published = container.Ports.Where(port => port.HostPort is not null)
            .Select(port => $"{port.ContainerPort}/{port.Protocol}")
            .Distinct()
            .ToList();
        throw StateErrors.PortNotPublished.Exception(
            $"Port {wanted} of container {container.Container} is not published; "
                + $"{(published.Count == 0 ? "none is" : "published: " + string.Join(", ", published))}.",
            wanted);
    }

    private static ComposePort Port(ComposeContainer container, PublishedPort port) => new()
    {
        EngineHost = container.EngineHost,
        ProjectName = container.ProjectName,
        Service = container.Service,
        Container = container.Container,
        Replica = container.Replica,
        PrivatePort = port.ContainerPort,
        Protocol = port.Protocol,
        HostIP = port.HostIP ?? "",
        HostPort = port.HostPort ?? 0,
    };
}
