namespace Compose.Model;

/// <summary>A top-level volume.</summary>
public sealed record VolumeDefinition
{
    /// <summary>The key in the compose file.</summary>
    public required string Key { get; init; }

    /// <summary>The name on the engine.</summary>
    public required string Name { get; init; }
    public bool External { get; init; }
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> DriverOptions { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public required Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
