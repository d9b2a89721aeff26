namespace Compose.Engine.Dto;

/// <summary>The settings of a container on a network, reported or requested. Null values are not sent.</summary>
internal sealed record EndpointSettings
{
    public IReadOnlyList<string>? Aliases { get; init; }
    public IReadOnlyList<string>? Links { get; init; }
    public EndpointIpamConfig? IPAMConfig { get; init; }
    public string? MacAddress { get; init; }
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }
    public int? GwPriority { get; init; }
    public string? NetworkID { get; init; }
    public string? IPAddress { get; init; }
}

internal sealed record EndpointIpamConfig
{
    public string? IPv4Address { get; init; }
    public string? IPv6Address { get; init; }
    public IReadOnlyList<string>? LinkLocalIPs { get; init; }
}
