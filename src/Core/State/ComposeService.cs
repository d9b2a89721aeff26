namespace Compose.State;

/// <summary>A service of a project: what is wanted and what runs.</summary>
public sealed record ComposeService
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The number of replicas in the compose files; null without files.</summary>
    public int? Desired { get; init; }

    /// <summary>The number of running replicas.</summary>
    public int Running { get; init; }

    /// <summary>The number of existing replicas.</summary>
    public int Total { get; init; }

    /// <summary>Running, Partial, Restarting, Paused, Exited, Created, Dead or Missing.</summary>
    public string State { get; init; } = "";

    /// <summary>The worst health of the replicas: Unhealthy, Starting, Healthy, or None without a healthcheck.</summary>
    public string Health { get; init; } = "";
    public string Image { get; init; } = "";
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    /// <summary>Whether up would change the service's containers; null without files, or if that cannot be determined.</summary>
    public bool? Drifted { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Service;
}
