namespace Compose.Execute;

/// <summary>How far a container came that was waited for.</summary>
public sealed record ComposeWaitResult
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>Its name; empty in an error about a service that has no container.</summary>
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>What was waited for: Ready, Running, Healthy, Exited, Port or Condition.</summary>
    public required string For { get; init; }

    /// <summary>False in an error: it did not come that far.</summary>
    public bool Reached { get; init; }

    /// <summary>
    /// Created, Running, Paused, Restarting, Removing, Exited, Dead, Gone, or Missing where there is no container.
    /// </summary>
    public string State { get; init; } = "";

    /// <summary>Starting, Healthy, Unhealthy, or None without a healthcheck.</summary>
    public string Health { get; init; } = "None";

    /// <summary>How it ended; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the engine ended it for lack of memory.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>What its last probe said; null without one.</summary>
    public string? ProbeOutput { get; init; }
    public int? ProbeExitCode { get; init; }

    /// <summary>How long it was waited for.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Container.Length > 0 ? Container : Service;
}
