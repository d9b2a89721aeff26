using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>Converts endpoint settings to Docker.DotNet's model.</summary>
internal static class EndpointModel
{
    // Docker.DotNet's strings are empty by default, and newer engines read an empty address as an address. Null is not sent.
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
