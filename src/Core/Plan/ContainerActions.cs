using Compose.Plan.Prepare;
using Compose.Plan.Requests;

namespace Compose.Plan;

/// <summary>Creates a container.</summary>
public sealed record CreateContainer : PlanAction
{
    internal CreateContainer()
    {
    }

    /// <summary>The name it is created with: a temporary one if it replaces another container.</summary>
    public required string Container { get; init; }
    public required string Service { get; init; }
    public int Replica { get; init; }
    internal ContainerBlueprint Blueprint { get; init; } = null!;

    /// <summary>Set when an orphan keeps the container's final name: the step then fails before it changes anything.</summary>
    internal HeldName? HeldName { get; init; }
}

/// <summary>A name that a new container needs and an orphan has.</summary>
/// <param name="Name">The name.</param>
/// <param name="Holder">Describes the orphan.</param>
internal sealed record HeldName(string Name, string Holder);

/// <summary>
/// Whether the engine picks a host port from a range when a container starts. Such starts run one after the other.
/// </summary>
internal enum PortPicking
{
    /// <summary>The container's service is not in the files.</summary>
    Unknown,
    None,
    FromRange,
}

/// <summary>Starts a container.</summary>
public sealed record StartContainer : PlanAction
{
    internal StartContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }
    internal ContainerReference Reference { get; init; } = null!;

    /// <summary>Secrets and configs to copy into the container before it starts.</summary>
    internal IReadOnlyList<InjectedFile> Files { get; init; } = [];

    internal PortPicking PortPicking { get; init; }

    /// <summary>Whether it is a one-off. The caller may attach to it before it starts, to get all its output.</summary>
    internal bool OneOff { get; init; }

    /// <summary>Whether the container is paused, so that it is unpaused instead of started.</summary>
    internal bool Paused { get; init; }
}

/// <summary>Stops a container.</summary>
public sealed record StopContainer : PlanAction
{
    internal StopContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>The grace period in seconds; null means the container's own.</summary>
    public int? Timeout { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal bool Paused { get; init; }
}

/// <summary>Stops a container and starts it again, in one request.</summary>
public sealed record RestartContainer : PlanAction
{
    internal RestartContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>The grace period in seconds; null means the container's own.</summary>
    public int? Timeout { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
    internal bool Paused { get; init; }
}

/// <summary>Freezes every process of a container.</summary>
public sealed record PauseContainer : PlanAction
{
    internal PauseContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Resumes the processes of a paused container.</summary>
public sealed record UnpauseContainer : PlanAction
{
    internal UnpauseContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Sends a signal to a container's first process.</summary>
public sealed record KillContainer : PlanAction
{
    internal KillContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>As the user wrote it: SIGHUP, HUP or 1.</summary>
    public required string Signal { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Removes a container.</summary>
public sealed record RemoveContainer : PlanAction
{
    internal RemoveContainer()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>Whether its anonymous volumes are removed too.</summary>
    public bool Volumes { get; init; }

    /// <summary>
    /// Anonymous volumes it inherited from an earlier container. The engine treats them as named volumes, so they are removed by
    /// name.
    /// </summary>
    internal IReadOnlyList<string> TakenOver { get; init; } = [];
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Gives a container its final name.</summary>
public sealed record RenameContainer : PlanAction
{
    internal RenameContainer()
    {
    }

    public required string Container { get; init; }
    public required string NewName { get; init; }
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>Waits until a service meets a condition.</summary>
public sealed record WaitForService : PlanAction
{
    internal WaitForService()
    {
    }

    public required string Service { get; init; }

    /// <summary>service_healthy, service_completed_successfully or running_or_healthy.</summary>
    public required string Condition { get; init; }

    /// <summary>The longest wait; null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether only optional dependencies (<c>required: false</c>) need it. Its failure is then a warning, and the dependents
    /// start.
    /// </summary>
    internal bool Optional { get; init; }
    internal IReadOnlyList<ContainerReference> Containers { get; init; } = null!;
}
