namespace Compose.State;

/// <summary>A container of a compose project.</summary>
public sealed record ComposeContainer
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>The container's full id.</summary>
    public required string Id { get; init; }
    public string Image { get; init; } = "";

    /// <summary>Created, Running, Paused, Restarting, Removing, Exited or Dead.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether the container has a process: it is running, restarting or paused.</summary>
    internal bool IsUp => State is "Running" or "Paused" or "Restarting";

    /// <summary>Starting, Healthy, Unhealthy, or None without a healthcheck.</summary>
    public string Health { get; init; } = "";

    /// <summary>The engine's text for the state, such as <c>Up 5 minutes (healthy)</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The exit code of a container that ended; null otherwise.</summary>
    public int? ExitCode { get; init; }
    public string Command { get; init; } = "";
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    /// <summary>When the container was created, UTC.</summary>
    public DateTime Created { get; init; }
    public bool OneOff { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Container;
}
