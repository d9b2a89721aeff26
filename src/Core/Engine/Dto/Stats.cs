using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>One sample of GET /containers/{id}/stats, with the CPU values of the previous sample.</summary>
internal sealed record StatsSample
{
    [JsonPropertyName("read")] public DateTimeOffset Read { get; init; }
    [JsonPropertyName("preread")] public DateTimeOffset PreRead { get; init; }
    [JsonPropertyName("num_procs")] public int Processors { get; init; }
    [JsonPropertyName("pids_stats")] public PidsUse? Pids { get; init; }
    [JsonPropertyName("cpu_stats")] public CpuUse? Cpu { get; init; }
    [JsonPropertyName("precpu_stats")] public CpuUse? PreCpu { get; init; }
    [JsonPropertyName("memory_stats")] public MemoryUse? Memory { get; init; }
    [JsonPropertyName("blkio_stats")] public BlockUse? Blocks { get; init; }
    [JsonPropertyName("storage_stats")] public StorageUse? Storage { get; init; }
    [JsonPropertyName("networks")] public IReadOnlyDictionary<string, NetworkUse>? Networks { get; init; }
}

internal sealed record PidsUse
{
    [JsonPropertyName("current")] public long Current { get; init; }
}

internal sealed record CpuUse
{
    [JsonPropertyName("cpu_usage")] public CpuTimes? Usage { get; init; }
    [JsonPropertyName("system_cpu_usage")] public ulong System { get; init; }
    [JsonPropertyName("online_cpus")] public int OnlineCpus { get; init; }
}

/// <summary>CPU times, in nanoseconds on Linux and in units of 100 ns on Windows.</summary>
internal sealed record CpuTimes
{
    [JsonPropertyName("total_usage")] public ulong Total { get; init; }
    [JsonPropertyName("percpu_usage")] public IReadOnlyList<ulong>? PerCpu { get; init; }
}

internal sealed record MemoryUse
{
    [JsonPropertyName("usage")] public long Usage { get; init; }
    [JsonPropertyName("limit")] public long Limit { get; init; }
    [JsonPropertyName("privateworkingset")] public long PrivateWorkingSet { get; init; }
    [JsonPropertyName("stats")] public Dictionary<string, ulong>? Details { get; init; }
}

internal sealed record BlockUse
{
    [JsonPropertyName("io_service_bytes_recursive")] public IReadOnlyList<BlockEntry>? Bytes { get; init; }
}

internal sealed record BlockEntry
{
    [JsonPropertyName("op")] public string? Operation { get; init; }
    [JsonPropertyName("value")] public ulong Value { get; init; }
}

internal sealed record StorageUse
{
    [JsonPropertyName("read_size_bytes")] public long ReadSizeBytes { get; init; }
    [JsonPropertyName("write_size_bytes")] public long WriteSizeBytes { get; init; }
}

internal sealed record NetworkUse
{
    [JsonPropertyName("rx_bytes")] public long RxBytes { get; init; }
    [JsonPropertyName("tx_bytes")] public long TxBytes { get; init; }
}

/// <summary>The answer to GET /distribution/{name}/json.</summary>
internal sealed record DistributionInspect(ImageDescriptor Descriptor);

internal sealed record ImageDescriptor([property: JsonPropertyName("digest")] string Digest);
