using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>How a container joins a network, as the library says it.</summary>
internal static class EndpointModel
{
    // The library's texts begin empty, and an empty address is one to newer engines. What is null is not sent.
    public static EndpointSettings Sent(Dto.EndpointSettings settings) => new()
    {
        Aliases = Models.Sent(settings.Aliases),
        Links = Models.Sent(settings.Links),
        IPAMConfig = settings.IPAMConfig is { } config ? Sent(config) : null,
        MacAddress = settings.MacAddress!,
        DriverOpts = Models.Sent(settings.DriverOpts),
        GwPriority = settings.GwPriority ?? 0,
        NetworkID = settings.NetworkID!,
        IPAddress = settings.IPAddress!,
        EndpointID = null!,
        Gateway = null!,
        IPv6Gateway = null!,
        GlobalIPv6Address = null!,
    };

    private static EndpointIPAMConfig Sent(Dto.EndpointIpamConfig config) => new()
    {
        IPv4Address = config.IPv4Address!,
        IPv6Address = config.IPv6Address!,
        LinkLocalIPs = Models.Sent(config.LinkLocalIPs),
    };
}
