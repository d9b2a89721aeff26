namespace Compose.Engine.Dto;

/// <summary>A service as the engine reports it.</summary>
internal sealed record SwarmService
{
    public required string Id { get; init; }

    /// <summary>The version that an update has to name.</summary>
    public long VersionIndex { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public SwarmServiceSpec Spec { get; init; } = new();

    /// <summary>The spec before the last update, to which a rollback goes back.</summary>
    public SwarmServiceSpec? PreviousSpec { get; init; }

    /// <summary>The published ports, with the numbers that the engine chose.</summary>
    public IReadOnlyList<SwarmPort>? Ports { get; init; }
    public SwarmUpdateStatus? UpdateStatus { get; init; }
    public SwarmJobStatus? JobStatus { get; init; }

    /// <summary>The numbers of tasks; only in a list that asks for them.</summary>
    public SwarmServiceStatus? ServiceStatus { get; init; }
}

internal sealed record SwarmUpdateStatus
{
    /// <summary>updating, paused, completed, rollback_started, rollback_paused or rollback_completed.</summary>
    public string? State { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public string? Message { get; init; }
}

/// <summary>The run of a job that is current.</summary>
internal sealed record SwarmJobStatus(long Iteration, DateTimeOffset? LastExecution);

internal sealed record SwarmServiceStatus(long RunningTasks, long DesiredTasks, long CompletedTasks);
