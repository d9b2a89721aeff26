namespace Compose.Streams;

/// <summary>One line a container wrote.</summary>
public sealed record ComposeLogEntry
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>stdout or stderr; a terminal's output is all stdout.</summary>
    public string Stream { get; init; } = "stdout";

    /// <summary>The hook that wrote it: pre_start, post_start or pre_stop; null for the container itself.</summary>
    public string? Hook { get; init; }

    /// <summary>The line, without its end.</summary>
    public string Message { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Message;
}
