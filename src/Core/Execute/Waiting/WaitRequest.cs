using Compose.Model;
using Compose.State.Choosing;

namespace Compose.Execute.Waiting;

/// <summary>What is waited for.</summary>
internal sealed record WaitRequest
{
    public required ContainerChoice Choice { get; init; }

    /// <summary>
    /// The files' project: a service of it that has no container yet is waited for; null: what the engine has counts alone.
    /// </summary>
    public ComposeProject? Project { get; init; }
    public WaitFor For { get; init; } = WaitFor.Ready;

    /// <summary>The container's port for <see cref="WaitFor.Port"/>; null: every published tcp port.</summary>
    public int? Port { get; init; }
}

/// <summary>What a container shall have come to.</summary>
internal enum WaitFor
{
    /// <summary>Healthy where it has a healthcheck, else running, or ended with 0 where nothing restarts it.</summary>
    Ready,
    Running,
    Healthy,
    Exited,

    /// <summary>Something answers at its port.</summary>
    Port,

    /// <summary>What the caller judges by itself.</summary>
    Condition,
}
