namespace Compose.Streams;

/// <summary>One line that a container wrote. If a command is attached to the container, also how it ended.</summary>
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

    /// <summary>stdout or stderr; a terminal's output is all stdout. exit: the line that says how the container ended.</summary>
    public string Stream { get; init; } = "stdout";

    /// <summary>The hook that wrote it: pre_start, post_start or pre_stop; null for the container itself.</summary>
    public string? Hook { get; init; }

    /// <summary>The line, without its line end.</summary>
    public string Message { get; init; } = "";

    /// <summary>How the container ended; null for a line it wrote.</summary>
    public int? ExitCode { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;

    /// <summary>
    /// How a container ended, as docker compose writes it: <c>web-1 exited with code 42</c>, with <c>(restarting)</c> if it
    /// starts again.
    /// </summary>
    internal static ComposeLogEntry Exit(State.ComposeContainer container, int code, DateTime when, bool restarts = false)
    {
        var prefix = container.ProjectName + "-";
        var isPrefixed = container.Container.StartsWith(prefix, StringComparison.Ordinal);
        var name = isPrefixed ? container.Container.Substring(prefix.Length) : container.Container;
        return new ComposeLogEntry
        {
            EngineHost = container.EngineHost,
            ProjectName = container.ProjectName,
            Service = container.Service,
            Container = container.Container,
            Replica = container.Replica,
            Timestamp = when,
            Stream = "exit",
            Message = $"{name} exited with code {code}{(restarts ? " (restarting)" : "")}",
            ExitCode = code,
        };
    }
}
