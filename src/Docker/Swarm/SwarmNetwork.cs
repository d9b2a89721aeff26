namespace Compose.Engine.Dto;

/// <summary>A network to create for services, or as reported. Null values are not sent.</summary>
internal sealed record SwarmNetworkSpec
{
    public string Name { get; init; } = "";
    public string? Driver { get; init; }

    /// <summary>swarm for networks that services can use.</summary>
    public string? Scope { get; init; }
    public bool Internal { get; init; }
    public bool Attachable { get; init; }
    public bool? EnableIPv4 { get; init; }
    public bool? EnableIPv6 { get; init; }
    public Ipam? IPAM { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A network as the engine reports it.</summary>
internal sealed record SwarmNetwork
{
    public required string Id { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public SwarmNetworkSpec Spec { get; init; } = new();
}
