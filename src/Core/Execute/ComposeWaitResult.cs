namespace Compose.Execute;

/// <summary>The result of waiting for a container.</summary>
public sealed record ComposeWaitResult
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>Its name; empty in an error about a service without a container.</summary>
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>What was waited for: Ready, Running, Healthy, Exited, Port or Condition.</summary>
    public required string For { get; init; }

    /// <summary>Whether it has that state; false in errors.</summary>
    public bool Reached { get; init; }

    /// <summary>
    /// Created, Running, Paused, Restarting, Removing, Exited, Dead, Gone, or Missing if there is no container.
    /// </summary>
    public string State { get; init; } = "";

    /// <summary>Starting, Healthy, Unhealthy, or None without a healthcheck.</summary>
    public string Health { get; init; } = "None";

    /// <summary>How it ended; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the engine killed it because it ran out of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The output of its last probe; null without one.</summary>
    public string? ProbeOutput { get; init; }
    public int? ProbeExitCode { get; init; }

    /// <summary>How long the wait was.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Container.Length > 0 ? Container : Service;
}
