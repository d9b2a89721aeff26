namespace Compose.Model;

/// <summary>Where the engine sends a container's output.</summary>
public sealed record LoggingDefinition(string? Driver, IReadOnlyDictionary<string, string> Options);

/// <summary>A file of variables for a service.</summary>
public sealed record EnvFileDefinition(string Path, bool Required, string? Format)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>A command run around a container's start or stop.</summary>
public sealed record HookDefinition
{
    public IReadOnlyList<string> Command { get; init; } = [];
    public string? Image { get; init; }
    public string? User { get; init; }
    public bool Privileged { get; init; }
    public string? WorkingDir { get; init; }
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
    public bool PerReplica { get; init; }
}

/// <summary>A service another program provides.</summary>
public sealed record ProviderDefinition(string Type, IReadOnlyDictionary<string, IReadOnlyList<string>> Options);

/// <summary>A top-level model.</summary>
public sealed record ModelDefinition
{
    public required string Key { get; init; }
    public required string Model { get; init; }
    public long? ContextSize { get; init; }
    public IReadOnlyList<string> RuntimeFlags { get; init; } = [];
    public required Files.Origin Origin { get; init; }

    /// <summary>The model's own name: the key is shown beside it already.</summary>
    public override string ToString() => Model;
}

/// <summary>The variables a service learns of a model by.</summary>
public sealed record ServiceModelDefinition(string? EndpointVariable, string? ModelVariable);

/// <summary>A Windows credential specification.</summary>
public sealed record CredentialSpecDefinition(string? Config, string? File, string? Registry);

/// <summary>What to watch while developing.</summary>
public sealed record DevelopDefinition(IReadOnlyList<WatchDefinition> Watch);

/// <summary>One watched path and what a change to it does.</summary>
public sealed record WatchDefinition
{
    public required string Path { get; init; }

    /// <summary>sync, rebuild, restart, sync+restart or sync+exec.</summary>
    public required string Action { get; init; }
    public string? Target { get; init; }
    public IReadOnlyList<string> Ignore { get; init; } = [];
    public IReadOnlyList<string> Include { get; init; } = [];
    public bool InitialSync { get; init; }

    /// <summary>x-initialSync, the name initial_sync had before it was specified; only a watch reads it.</summary>
    internal bool LegacyInitialSync { get; init; }
    public HookDefinition? Exec { get; init; }
}
