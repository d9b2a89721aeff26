namespace Compose.Swarm;

/// <summary>A task of a stack: one run of a container of a service on a node.</summary>
public sealed record ComposeTask
{
    public required string EngineHost { get; init; }

    /// <summary>The stack's name, as projects have it.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The stack's name.</summary>
    public string Stack => ProjectName;

    /// <summary>The service's name in the compose file.</summary>
    public required string Service { get; init; }

    /// <summary>The task's name: <c>shop_web.1</c>, or with the node's id for a global service.</summary>
    public required string Task { get; init; }

    /// <summary>The task's id.</summary>
    public required string Id { get; init; }

    /// <summary>The number of the replica that the task is one run of; 0 for global services.</summary>
    public int Slot { get; init; }

    /// <summary>The state that the swarm wants: Running, Shutdown, Complete, Ready or Remove.</summary>
    public string Desired { get; init; } = "";

    /// <summary>
    /// New, Pending, Assigned, Accepted, Preparing, Ready, Starting, Running, Complete, Shutdown, Failed, Rejected, Remove or
    /// Orphaned.
    /// </summary>
    public string State { get; init; } = "";

    /// <summary>The host name of the node; empty until one is chosen.</summary>
    public string Node { get; init; } = "";

    /// <summary>The id of the node; empty until one is chosen.</summary>
    public string NodeId { get; init; } = "";

    /// <summary>Why the task failed or waits; empty otherwise.</summary>
    public string Error { get; init; } = "";

    /// <summary>The exit code of a task that ended; null otherwise.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The name of the task's container on its node; empty until there is one.</summary>
    public string Container { get; init; } = "";

    /// <summary>The id of the task's container; empty until there is one.</summary>
    public string ContainerId { get; init; } = "";

    /// <summary>The image, without the digest that the engine pinned it to.</summary>
    public string Image { get; init; } = "";

    /// <summary>The ports that the task publishes on its node itself (mode host).</summary>
    public IReadOnlyList<State.PublishedPort> Ports { get; init; } = [];

    /// <summary>When the task entered its state, UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>When the task was created, UTC.</summary>
    public DateTime? Created { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Task;
}
