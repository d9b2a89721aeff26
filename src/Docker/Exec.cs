namespace Compose.Engine.Dto;

/// <summary>A process to run in a container. What is null is not sent.</summary>
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

/// <summary>How a process is that was started in a container.</summary>
/// <param name="ExitCode">Null while it runs.</param>
/// <param name="Running">Whether it runs.</param>
/// <param name="Pid">Its number on the engine's host; 0 when it could not be started.</param>
internal sealed record ExecInspect(int? ExitCode, bool Running, int Pid);
