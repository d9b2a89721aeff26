namespace Compose.Streams;

/// <summary>How a command in a container ended, and what it wrote.</summary>
public sealed record ComposeCommandResult
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>The command and its arguments; empty if the image's own command ran.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How it ended; null while it runs in the background.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its standard output, without the last line end. A terminal has only this stream.</summary>
    public string StandardOutput { get; init; } = "";

    /// <summary>Its standard error, without the last line end.</summary>
    public string StandardError { get; init; } = "";

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Inside a string, a command result is replaced by its output.</summary>
    public override string ToString() => StandardOutput;
}
