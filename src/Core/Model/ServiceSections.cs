namespace Compose.Model;

/// <summary>A service's <c>logging</c> driver and its options.</summary>
public sealed record LoggingDefinition(string? Driver, IReadOnlyDictionary<string, string> Options);

/// <summary>An entry of <c>env_file</c>.</summary>
public sealed record EnvFileDefinition(string Path, bool Required, string? Format)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>A lifecycle hook: a command to run before or after a container's start, or before its stop.</summary>
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

/// <summary>The external program that provides a service.</summary>
public sealed record ProviderDefinition(string Type, IReadOnlyDictionary<string, IReadOnlyList<string>> Options);

/// <summary>A top-level model.</summary>
public sealed record ModelDefinition
{
    public required string Key { get; init; }
    public required string Model { get; init; }
    public long? ContextSize { get; init; }
    public IReadOnlyList<string> RuntimeFlags { get; init; } = [];
    public required Files.Origin Origin { get; init; }

    /// <summary>The model's name; views show the key in another column.</summary>
    public override string ToString() => Model;
}

/// <summary>The variables by which a service gets a model's endpoint and name.</summary>
public sealed record ServiceModelDefinition(string? EndpointVariable, string? ModelVariable);

/// <summary>A Windows credential specification.</summary>
public sealed record CredentialSpecDefinition(string? Config, string? File, string? Registry);

/// <summary>A service's <c>develop</c> section.</summary>
public sealed record DevelopDefinition(IReadOnlyList<WatchDefinition> Watch);

/// <summary>A watched path and the action when it changes.</summary>
public sealed record WatchDefinition
{
    public required string Path { get; init; }

    /// <summary>sync, rebuild, restart, sync+restart or sync+exec.</summary>
    public required string Action { get; init; }
    public string? Target { get; init; }
    public IReadOnlyList<string> Ignore { get; init; } = [];
    public IReadOnlyList<string> Include { get; init; } = [];
    public bool InitialSync { get; init; }

    /// <summary><c>x-initialSync</c>, the older name of <c>initial_sync</c>. Only watch reads it.</summary>
    internal bool LegacyInitialSync { get; init; }
    public HookDefinition? Exec { get; init; }
}
