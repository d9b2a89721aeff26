namespace Compose.Engine.Dto;

/// <summary>A task of a service as the engine reports it.</summary>
internal sealed record SwarmTask
{
    public required string Id { get; init; }
    public string? ServiceId { get; init; }

    /// <summary>Null until a node is chosen.</summary>
    public string? NodeId { get; init; }

    /// <summary>The replica's number; null for global services.</summary>
    public long? Slot { get; init; }

    /// <summary>A state in lower case, such as running or shutdown.</summary>
    public string? DesiredState { get; init; }
    public SwarmTaskStatus Status { get; init; } = new();
    public string? Image { get; init; }

    /// <summary>The labels of the task's container.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The networks, each with the task's addresses in it (<c>10.0.1.5/24</c>).</summary>
    public IReadOnlyList<SwarmTaskNetwork>? Networks { get; init; }

    /// <summary>The run of the job that the task belongs to; null for other services.</summary>
    public long? JobIteration { get; init; }

    /// <summary>The service's <c>ForceUpdate</c> when the task was made.</summary>
    public long ForceUpdate { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
}

internal sealed record SwarmTaskStatus
{
    /// <summary>A state in lower case, such as pending, running or failed.</summary>
    public string? State { get; init; }
    public DateTimeOffset? Timestamp { get; init; }
    public string? Message { get; init; }
    public string? Err { get; init; }
    public string? ContainerId { get; init; }
    public long? ExitCode { get; init; }

    /// <summary>The ports that the task itself publishes, in mode host.</summary>
    public IReadOnlyList<SwarmPort>? Ports { get; init; }
}

internal sealed record SwarmTaskNetwork(string? Id, string? Name, IReadOnlyList<string>? Addresses);
