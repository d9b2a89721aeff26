namespace Compose.Model;

/// <summary>A service's <c>deploy</c> section. Its limits are also in <see cref="ServiceDefinition.Resources"/>.</summary>
public sealed record DeployDefinition
{
    public int? Replicas { get; init; }
    public string? Mode { get; init; }
    public string? EndpointMode { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public DeployResources? Limits { get; init; }
    public DeployResources? Reservations { get; init; }
    public RestartPolicyDefinition? RestartPolicy { get; init; }
    public UpdateDefinition? UpdateConfig { get; init; }
    public UpdateDefinition? RollbackConfig { get; init; }
    public PlacementDefinition? Placement { get; init; }
}

/// <summary>Resource limits or reservations; memory is in bytes.</summary>
public sealed record DeployResources
{
    public double? Cpus { get; init; }
    public long? Memory { get; init; }
    public long? Pids { get; init; }
    public IReadOnlyList<DeviceRequestDefinition> Devices { get; init; } = [];
    public IReadOnlyList<GenericResourceDefinition> GenericResources { get; init; } = [];
}

/// <summary>A countable resource of a Swarm node.</summary>
public sealed record GenericResourceDefinition(string Kind, long Value);

/// <summary>When a container that ended is restarted.</summary>
public sealed record RestartPolicyDefinition
{
    /// <summary>none, on-failure or any.</summary>
    public string? Condition { get; init; }
    public TimeSpan? Delay { get; init; }
    public int? MaxAttempts { get; init; }
    public TimeSpan? Window { get; init; }
}

/// <summary>How a Swarm updates a service or rolls it back.</summary>
public sealed record UpdateDefinition
{
    public int? Parallelism { get; init; }
    public TimeSpan? Delay { get; init; }
    public string? FailureAction { get; init; }
    public TimeSpan? Monitor { get; init; }
    public double? MaxFailureRatio { get; init; }
    public string? Order { get; init; }
}

/// <summary>Which Swarm nodes may run a service.</summary>
public sealed record PlacementDefinition
{
    public IReadOnlyList<string> Constraints { get; init; } = [];

    /// <summary>The labels to spread over.</summary>
    public IReadOnlyList<string> Preferences { get; init; } = [];
    public int? MaxReplicasPerNode { get; init; }
}
