namespace Compose.Engine.Dto;

/// <summary>A node of the swarm as a manager reports it.</summary>
internal sealed record SwarmNode
{
    public required string Id { get; init; }
    public long VersionIndex { get; init; }
    public string? Hostname { get; init; }

    /// <summary>The labels that constraints call <c>node.labels</c>.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The labels that constraints call <c>engine.labels</c>.</summary>
    public IReadOnlyDictionary<string, string>? EngineLabels { get; init; }

    /// <summary>manager or worker.</summary>
    public string? Role { get; init; }

    /// <summary>active, pause or drain.</summary>
    public string? Availability { get; init; }

    /// <summary>unknown, down, ready or disconnected.</summary>
    public string? State { get; init; }
    public string? Message { get; init; }
    public string? Address { get; init; }
    public string? EngineVersion { get; init; }
    public SwarmPlatform? Platform { get; init; }
    public SwarmReservations? Resources { get; init; }

    /// <summary>Null for workers.</summary>
    public SwarmManagerStatus? ManagerStatus { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
}

internal sealed record SwarmManagerStatus(bool Leader, string? Reachability, string? Address);
