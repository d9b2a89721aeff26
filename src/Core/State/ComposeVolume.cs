namespace Compose.State;

/// <summary>A volume of a project.</summary>
public sealed record ComposeVolume
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }

    /// <summary>The volume's key in the compose file.</summary>
    public required string Volume { get; init; }

    /// <summary>The volume's name on the engine.</summary>
    public required string Name { get; init; }
    public string Driver { get; init; } = "";

    /// <summary>The volume's directory on the engine's host.</summary>
    public string Mountpoint { get; init; } = "";

    /// <summary>When the volume was created, UTC; null if the engine does not return it.</summary>
    public DateTime? Created { get; init; }

    /// <summary>The services with a container that mounts the volume.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
