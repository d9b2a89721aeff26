namespace Compose.Model;

/// <summary>A service's settings for one of its networks.</summary>
public sealed record ServiceNetworkDefinition
{
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public string? IPv4Address { get; init; }
    public string? IPv6Address { get; init; }
    public IReadOnlyList<string> LinkLocalIPs { get; init; } = [];
    public string? MacAddress { get; init; }
    public string? InterfaceName { get; init; }
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
    public int Priority { get; init; }
    public int GatewayPriority { get; init; }
}
