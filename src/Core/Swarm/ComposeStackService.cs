using Compose.State;

namespace Compose.Swarm;

/// <summary>A service of a stack: how many of its tasks should run and do, and how its last update went.</summary>
public sealed record ComposeStackService
{
    public required string EngineHost { get; init; }

    /// <summary>The stack's name, as projects have it.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The stack's name.</summary>
    public string Stack => ProjectName;

    /// <summary>The service's name in the compose file.</summary>
    public required string Service { get; init; }

    /// <summary>The service's name on the engine: <c>shop_web</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The service's id.</summary>
    public required string Id { get; init; }

    /// <summary>Replicated, Global, ReplicatedJob or GlobalJob.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The number of tasks that should run, or of a job, that should complete.</summary>
    public int Desired { get; init; }

    /// <summary>The number of tasks that run.</summary>
    public int Running { get; init; }

    /// <summary>The number of tasks of a job that have completed; 0 for other services.</summary>
    public int Completed { get; init; }

    /// <summary>
    /// Running, Partial, Missing, Updating, Paused, RollingBack, Completed or Stopped (no replicas are wanted).
    /// </summary>
    public string State { get; init; } = "";

    /// <summary>
    /// The last update's state: Updating, Paused, Completed, RollbackStarted, RollbackPaused or RollbackCompleted; empty before
    /// the first update.
    /// </summary>
    public string Update { get; init; } = "";

    /// <summary>What the engine says about the last update.</summary>
    public string UpdateMessage { get; init; } = "";

    /// <summary>The image, without the digest that the engine pinned it to.</summary>
    public string Image { get; init; } = "";

    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    /// <summary>When the service was created, UTC.</summary>
    public DateTime? Created { get; init; }

    /// <summary>When the service was changed last, UTC.</summary>
    public DateTime? Updated { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Service;
}
