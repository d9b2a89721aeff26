namespace Compose.Model;

/// <summary>
/// CPU and memory settings of a service, from the legacy attributes and <c>deploy.resources</c>; sizes are in bytes.
/// </summary>
public sealed record ResourceDefinition
{
    public double? Cpus { get; init; }
    public string? CpuSet { get; init; }
    public long? CpuCount { get; init; }
    public double? CpuPercent { get; init; }
    public long? CpuShares { get; init; }
    public long? CpuQuota { get; init; }
    public long? CpuPeriod { get; init; }
    public long? CpuRealtimePeriod { get; init; }
    public long? CpuRealtimeRuntime { get; init; }
    public long? Memory { get; init; }
    public long? MemoryReservation { get; init; }
    public long? MemorySwap { get; init; }
    public long? MemorySwappiness { get; init; }
    public long? Pids { get; init; }
}

/// <summary>The soft and hard limit of an entry of <c>ulimits</c>.</summary>
public sealed record UlimitDefinition(long Soft, long Hard)
{
    /// <summary>Whether the file has one number for both; config output then has one, too.</summary>
    internal bool IsSingle { get; init; }
}

/// <summary>Block device weights and rates.</summary>
public sealed record BlkioDefinition
{
    public int? Weight { get; init; }
    public IReadOnlyList<BlkioWeight> WeightDevice { get; init; } = [];
    public IReadOnlyList<BlkioRate> DeviceReadBps { get; init; } = [];
    public IReadOnlyList<BlkioRate> DeviceReadIOps { get; init; } = [];
    public IReadOnlyList<BlkioRate> DeviceWriteBps { get; init; } = [];
    public IReadOnlyList<BlkioRate> DeviceWriteIOps { get; init; } = [];
}

/// <summary>The weight of one block device.</summary>
public sealed record BlkioWeight(string Path, int Weight);

/// <summary>The rate of one block device, in bytes or operations per second.</summary>
public sealed record BlkioRate(string Path, long Rate);

/// <summary>A host device in the container.</summary>
public sealed record DeviceDefinition(string Source, string? Target, string? Permissions);

/// <summary>A request for devices by capability.</summary>
public sealed record DeviceRequestDefinition
{
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>-1 means all.</summary>
    public int? Count { get; init; }

    /// <summary>Whether the file sets count. docker compose before 2.30 writes it only then.</summary>
    internal bool CountIsSet { get; init; } = true;
    public IReadOnlyList<string> DeviceIds { get; init; } = [];
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
