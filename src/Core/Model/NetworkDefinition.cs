namespace Compose.Model;

/// <summary>A top-level network.</summary>
public sealed record NetworkDefinition
{
    /// <summary>The key in the compose file.</summary>
    public required string Key { get; init; }

    /// <summary>The name on the engine.</summary>
    public required string Name { get; init; }
    public bool External { get; init; }
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
    public IpamDefinition? Ipam { get; init; }
    public bool Internal { get; init; }
    public bool Attachable { get; init; }
    public bool? EnableIPv4 { get; init; }
    public bool? EnableIPv6 { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public required Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A network's address management (<c>ipam</c>).</summary>
public sealed record IpamDefinition
{
    public string? Driver { get; init; }
    public IReadOnlyList<IpamPoolDefinition> Config { get; init; } = [];
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>An address pool of a network.</summary>
public sealed record IpamPoolDefinition
{
    public string? Subnet { get; init; }
    public string? IpRange { get; init; }
    public string? Gateway { get; init; }
    public IReadOnlyDictionary<string, string> AuxAddresses { get; init; } = new Dictionary<string, string>();
}
