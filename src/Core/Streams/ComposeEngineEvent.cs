namespace Compose.Streams;

/// <summary>Something that happened to a container of a project.</summary>
public sealed record ComposeEngineEvent
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>When it happened, by the engine's clock, UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>container.</summary>
    public string Type { get; init; } = "";

    /// <summary>create, start, die, health_status, exec_start, ... as the engine calls it.</summary>
    public string Action { get; init; } = "";

    /// <summary>What the engine adds to the action: the health, the command of an exec; else empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>How the container ended, for <c>die</c>; else null.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The container's full id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What else the engine tells, the container's own labels included.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Action;
}
