namespace Compose.Engine.Dto;

/// <summary>The template of a service's tasks. The engine replaces the tasks when it changes.</summary>
internal sealed record SwarmTaskSpec
{
    public SwarmContainerSpec ContainerSpec { get; init; } = new();
    public SwarmResourceRequirements? Resources { get; init; }
    public SwarmRestartPolicy? RestartPolicy { get; init; }
    public SwarmPlacement? Placement { get; init; }
    public IReadOnlyList<SwarmNetworkAttachment>? Networks { get; init; }
    public SwarmDriver? LogDriver { get; init; }

    /// <summary>A counter; a new value replaces the tasks although nothing else changed.</summary>
    public long ForceUpdate { get; init; }

    /// <summary>container, or null.</summary>
    public string? Runtime { get; init; }
}

/// <summary>A driver and its options.</summary>
internal sealed record SwarmDriver(string? Name, IReadOnlyDictionary<string, string>? Options);

internal sealed record SwarmResourceRequirements
{
    public SwarmLimits? Limits { get; init; }
    public SwarmReservations? Reservations { get; init; }

    /// <summary>Swap in bytes, in addition to memory; from API 1.52 on.</summary>
    public long? SwapBytes { get; init; }

    /// <summary>From API 1.52 on.</summary>
    public long? MemorySwappiness { get; init; }
}

internal sealed record SwarmLimits
{
    public long? NanoCPUs { get; init; }
    public long? MemoryBytes { get; init; }
    public long? Pids { get; init; }
}

/// <summary>The resources that a task reserves, or that a node has.</summary>
internal sealed record SwarmReservations
{
    public long? NanoCPUs { get; init; }
    public long? MemoryBytes { get; init; }
    public IReadOnlyList<SwarmGenericResource>? GenericResources { get; init; }
}

/// <summary>A resource by number (<c>gpu: 2</c>) or, on nodes, by name.</summary>
internal sealed record SwarmGenericResource
{
    public required string Kind { get; init; }

    /// <summary>The number; null for a named resource.</summary>
    public long? Value { get; init; }

    /// <summary>The name; null for a number.</summary>
    public string? Name { get; init; }
}

internal sealed record SwarmRestartPolicy
{
    /// <summary>none, on-failure or any.</summary>
    public string? Condition { get; init; }
    public long? Delay { get; init; }
    public long? MaxAttempts { get; init; }
    public long? Window { get; init; }
}

internal sealed record SwarmPlacement
{
    public IReadOnlyList<string>? Constraints { get; init; }

    /// <summary>The labels to spread over.</summary>
    public IReadOnlyList<string>? Preferences { get; init; }

    /// <summary>The largest number of tasks on a node; 0 and null mean no limit.</summary>
    public long? MaxReplicas { get; init; }

    /// <summary>The platforms of the image; the engine fills them in when it asks the registry.</summary>
    public IReadOnlyList<SwarmPlatform>? Platforms { get; init; }
}

/// <summary>A platform; an empty part matches all.</summary>
internal sealed record SwarmPlatform(string? Architecture, string? OS);

/// <summary>A network of the tasks.</summary>
internal sealed record SwarmNetworkAttachment
{
    /// <summary>
    /// The network's id, in what the engine reports and in what is sent; null while only the name is known. For a network that
    /// each node has (host, bridge) it is the name, and the engine puts an id there that no list has.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The network's name, in a wanted spec; null in what the engine reports. Never sent.</summary>
    public string? Name { get; init; }
    public IReadOnlyList<string>? Aliases { get; init; }
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }
}
