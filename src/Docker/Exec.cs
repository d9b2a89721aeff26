namespace Compose.Engine.Dto;

/// <summary>The options of an exec to create. Null values are not sent.</summary>
internal sealed record ExecCreateRequest
{
    public required IReadOnlyList<string> Cmd { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public string? User { get; init; }
    public string? WorkingDir { get; init; }
    public bool Privileged { get; init; }
    public bool Tty { get; init; }
    public bool AttachStdin { get; init; }
    public bool AttachStdout { get; init; }
    public bool AttachStderr { get; init; }
    public string? DetachKeys { get; init; }

    /// <summary>Rows, then columns.</summary>
    public IReadOnlyList<int>? ConsoleSize { get; init; }
}

/// <summary>The state of an exec.</summary>
/// <param name="ExitCode">The exit code; null while the process runs.</param>
/// <param name="Running">Whether the process runs.</param>
/// <param name="Pid">The process id on the engine's host; 0 when the process could not be started.</param>
internal sealed record ExecInspect(int? ExitCode, bool Running, int Pid);
