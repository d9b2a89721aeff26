namespace Compose.Streams;

/// <summary>What a container uses, at one moment. Everything is a number; sizes are bytes.</summary>
public sealed record ComposeStats
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>When the engine looked, UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>Of one processor: two busy processors are 200.</summary>
    public double CpuPercent { get; init; }

    /// <summary>Memory in use, without the file cache.</summary>
    public long MemoryUsage { get; init; }

    /// <summary>The container's limit, or the machine's memory.</summary>
    public long MemoryLimit { get; init; }
    public double MemoryPercent { get; init; }

    /// <summary>Received and sent on all networks, since the container started.</summary>
    public long NetworkRx { get; init; }
    public long NetworkTx { get; init; }

    /// <summary>Read from and written to block devices, since the container started.</summary>
    public long BlockRead { get; init; }
    public long BlockWrite { get; init; }

    /// <summary>Processes and threads; null where the engine does not count them (Windows).</summary>
    public long? Pids { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Container;
}
