namespace Compose.State;

/// <summary>A network of a project.</summary>
public sealed record ComposeNetwork
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>The network's key in the compose file.</summary>
    public required string Network { get; init; }

    /// <summary>The network's name on the engine.</summary>
    public required string Name { get; init; }
    public required string Id { get; init; }
    public string Driver { get; init; } = "";
    public bool Internal { get; init; }
    public bool Attachable { get; init; }
    public bool EnableIPv6 { get; init; }
    public IReadOnlyList<string> Subnets { get; init; } = [];
    public IReadOnlyList<string> Gateways { get; init; } = [];

    /// <summary>When the network was created, UTC; null if the engine does not return it.</summary>
    public DateTime? Created { get; init; }

    /// <summary>The services with a container on the network.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
