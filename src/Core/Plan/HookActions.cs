using Compose.Model;
using Compose.Plan.Requests;

namespace Compose.Plan;

/// <summary>Runs a hook's command in a container.</summary>
public sealed record RunHook : PlanAction
{
    internal RunHook()
    {
    }

    public required string Container { get; init; }
    public required string Service { get; init; }

    /// <summary>The replica's number.</summary>
    public int Replica { get; init; }

    /// <summary>post_start or pre_stop.</summary>
    public required string Hook { get; init; }

    /// <summary>The hook's index in the file's list, from 0.</summary>
    public int Number { get; init; }
    internal HookDefinition Definition { get; init; } = null!;
    internal ContainerReference Reference { get; init; } = null!;
}

/// <summary>
/// Runs a pre_start hook in a container of its own, before any replica of the service starts. The replicas start only if its
/// exit code is 0.
/// </summary>
public sealed record RunHookContainer : PlanAction
{
    internal RunHookContainer()
    {
    }

    public required string Service { get; init; }
    public required string Image { get; init; }

    /// <summary>pre_start.</summary>
    public required string Hook { get; init; }

    /// <summary>The hook's index in the file's list, from 0.</summary>
    public int Number { get; init; }
    internal HookDefinition Definition { get; init; } = null!;

    /// <summary>What the service's containers are created from: the hook joins the same networks.</summary>
    internal ContainerSource Source { get; init; } = null!;

    /// <summary>The replica whose volumes the hook mounts.</summary>
    internal ContainerReference Reference { get; init; } = null!;
}
