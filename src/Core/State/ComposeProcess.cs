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

    /// <summary>The process's number as the engine's machine counts it.</summary>
    public int ProcessId { get; init; }

    /// <summary>The parent's number; null where the engine does not tell (Windows).</summary>
    public int? ParentProcessId { get; init; }
    public string User { get; init; } = "";
    public string Command { get; init; } = "";

    /// <summary>The processor time it has used.</summary>
    public TimeSpan CpuTime { get; init; }

    /// <summary>When it began, in the engine's words: a time of day or a date.</summary>
    public string Started { get; init; } = "";
    public string Terminal { get; init; } = "";

    /// <summary>Every column the engine told, by its title.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string ToString() => Command;
}
