namespace Compose.Engine.Dto;

/// <summary>
/// The specification of a Swarm service, reported or to send. Null values are not sent; durations are in nanoseconds.
/// </summary>
internal sealed record SwarmServiceSpec
{
    public string Name { get; init; } = "";
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public SwarmTaskSpec TaskTemplate { get; init; } = new();
    public SwarmServiceMode? Mode { get; init; }
    public SwarmUpdateConfig? UpdateConfig { get; init; }
    public SwarmUpdateConfig? RollbackConfig { get; init; }
    public SwarmEndpointSpec? EndpointSpec { get; init; }
}

/// <summary>How many tasks a service has; exactly one property is set.</summary>
internal sealed record SwarmServiceMode
{
    public SwarmReplicated? Replicated { get; init; }
    public EmptyObject? Global { get; init; }
    public SwarmReplicatedJob? ReplicatedJob { get; init; }
    public EmptyObject? GlobalJob { get; init; }
}

internal sealed record SwarmReplicated(long? Replicas);

internal sealed record SwarmReplicatedJob(long? MaxConcurrent, long? TotalCompletions);

/// <summary>How a service is updated or rolled back.</summary>
internal sealed record SwarmUpdateConfig
{
    /// <summary>The number of tasks to replace at a time; 0 means all.</summary>
    public long Parallelism { get; init; }
    public long? Delay { get; init; }

    /// <summary>pause, continue or rollback.</summary>
    public string? FailureAction { get; init; }
    public long? Monitor { get; init; }
    public float MaxFailureRatio { get; init; }

    /// <summary>stop-first or start-first.</summary>
    public string? Order { get; init; }
}

internal sealed record SwarmEndpointSpec
{
    /// <summary>vip or dnsrr.</summary>
    public string? Mode { get; init; }
    public IReadOnlyList<SwarmPort>? Ports { get; init; }
}

internal sealed record SwarmPort
{
    public string? Name { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public string? Protocol { get; init; }
    public int? TargetPort { get; init; }

    /// <summary>Null lets the engine choose a port.</summary>
    public int? PublishedPort { get; init; }

    /// <summary>ingress or host.</summary>
    public string? PublishMode { get; init; }
}
