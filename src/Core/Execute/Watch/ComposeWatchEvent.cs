namespace Compose.Execute.Watch;

/// <summary>An action of a watch.</summary>
public sealed record ComposeWatchEvent
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container; empty for an action on the whole service.</summary>
    public string Container { get; init; } = "";

    /// <summary>The replica's number; 0 for an action on the whole service.</summary>
    public int Replica { get; init; }

    /// <summary>When it was done, UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>Watching (what is watched), InitialSync, Sync, Exec, Restart or Rebuild.</summary>
    public required string Action { get; init; }

    /// <summary>The local paths that were written; for Watching, all watched paths.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The local paths that were deleted.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    /// <summary>Bytes copied.</summary>
    public long Bytes { get; init; }

    /// <summary>The exit code of an Exec's command.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The output of an Exec's command.</summary>
    public string Output { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Action} {Service}";
}
