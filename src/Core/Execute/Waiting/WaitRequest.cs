using Compose.Model;
using Compose.State.Choosing;

namespace Compose.Execute.Waiting;

/// <summary>Which containers to wait for, and for what.</summary>
internal sealed record WaitRequest
{
    public required ContainerChoice Choice { get; init; }

    /// <summary>
    /// The project from files, whose services may not have containers yet; null to wait only for existing containers.
    /// </summary>
    public ComposeProject? Project { get; init; }
    public WaitFor For { get; init; } = WaitFor.Ready;

    /// <summary>The container's port for <see cref="WaitFor.Port"/>; null for every published tcp port.</summary>
    public int? Port { get; init; }
}

/// <summary>The state to wait for.</summary>
internal enum WaitFor
{
    /// <summary>Healthy if it has a healthcheck; otherwise running, or ended with 0 without a restart policy.</summary>
    Ready,
    Running,
    Healthy,
    Exited,

    /// <summary>Something answers on its port.</summary>
    Port,

    /// <summary>The caller judges the state itself.</summary>
    Condition,
}
