namespace Compose.Execute.Watch;

/// <summary>What a watch did.</summary>
public sealed record ComposeWatchEvent
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container; empty where the whole service is meant.</summary>
    public string Container { get; init; } = "";

    /// <summary>The replica's number; 0 where the whole service is meant.</summary>
    public int Replica { get; init; }

    /// <summary>When it was done, UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>Watching (what is watched), InitialSync, Sync, Exec, Restart or Rebuild.</summary>
    public required string Action { get; init; }

    /// <summary>The paths of this machine that were written: all watched paths where the watching begins.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The paths of this machine that are gone.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    /// <summary>Octets copied.</summary>
    public long Bytes { get; init; }

    /// <summary>How the command of an Exec ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What the command of an Exec wrote.</summary>
    public string Output { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Service}";
}
