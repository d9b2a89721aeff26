namespace Compose.State;

/// <summary>A process in a container.</summary>
public sealed record ComposeProcess
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>The process id on the engine's host.</summary>
    public int ProcessId { get; init; }

    /// <summary>The id of the parent process; null on Windows, where the engine does not return it.</summary>
    public int? ParentProcessId { get; init; }
    public string User { get; init; } = "";
    public string Command { get; init; } = "";

    /// <summary>The CPU time the process has used.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>When the process began, as the engine writes it: a time of day or a date.</summary>
    public string Started { get; init; } = "";
    public string Terminal { get; init; } = "";

    /// <summary>All columns of the engine's process list, by title.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Command;
}
