namespace Compose.Engine.Dto;

/// <summary>A network, reported or to create. Null values are not sent.</summary>
internal sealed record NetworkResource
{
    public string Name { get; init; } = "";
    public string? Id { get; init; }
    public string? Driver { get; init; }
    public bool? Internal { get; init; }
    public bool? Attachable { get; init; }
    public bool? EnableIPv4 { get; init; }
    public bool? EnableIPv6 { get; init; }
    public bool? CheckDuplicate { get; init; }

    /// <summary>The creation time in UTC, in a format that sorts by time; never sent.</summary>
    public string? Created { get; init; }
    public Ipam? IPAM { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public IReadOnlyDictionary<string, NetworkContainer>? Containers { get; init; }
}

internal sealed record NetworkContainer(string? Name);

internal sealed record Ipam
{
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
    public IReadOnlyList<IpamPool>? Config { get; init; }
}

internal sealed record IpamPool
{
    public string? Subnet { get; init; }
    public string? IPRange { get; init; }
    public string? Gateway { get; init; }
    public IReadOnlyDictionary<string, string>? AuxiliaryAddresses { get; init; }
}
