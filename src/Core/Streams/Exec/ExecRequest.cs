namespace Compose.Streams.Exec;

/// <summary>A command to run in a running container.</summary>
internal sealed record ExecRequest
{
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary><c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];
    public string? User { get; init; }
    public string? WorkingDirectory { get; init; }
    public bool Privileged { get; init; }

    /// <summary>Whether the command gets a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Whether to return as soon as the command was started.</summary>
    public bool Detach { get; init; }

    /// <summary>What the command reads; null if its standard input is closed.</summary>
    public StandardInput? Input { get; init; }
}
