namespace Compose.Model;

/// <summary>A service's <c>build</c> section. Local paths are absolute.</summary>
public sealed record BuildDefinition
{
    public required string Context { get; init; }
    public string? Dockerfile { get; init; }
    public string? DockerfileInline { get; init; }

    /// <summary>Build arguments. A null value is a name without a value; resolved projects have none.</summary>
    public IReadOnlyDictionary<string, string?> Args { get; init; } = new Dictionary<string, string?>();
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public string? Target { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Platforms { get; init; } = [];
    public string? Network { get; init; }
    public bool NoCache { get; init; }
    public IReadOnlyList<string> NoCacheFilter { get; init; } = [];
    public bool Pull { get; init; }
    public bool Privileged { get; init; }
    public IReadOnlyList<string> CacheFrom { get; init; } = [];
    public IReadOnlyList<string> CacheTo { get; init; } = [];
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
    public IReadOnlyList<string> Entitlements { get; init; } = [];
    public IReadOnlyDictionary<string, string> AdditionalContexts { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> Ssh { get; init; } = [];
    public IReadOnlyList<FileObjectReference> Secrets { get; init; } = [];
    public string? Isolation { get; init; }
    public string? Provenance { get; init; }
    public string? Sbom { get; init; }
    public long? ShmSize { get; init; }
    public IReadOnlyDictionary<string, UlimitDefinition> Ulimits { get; init; } = new Dictionary<string, UlimitDefinition>();

    /// <inheritdoc/>
    public override string ToString() => Context;
}
