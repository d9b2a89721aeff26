using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>The settings of a container that depend on the host. Sizes are in bytes.</summary>
internal sealed record HostConfig
{
    public IReadOnlyList<string>? Binds { get; init; }
    public IReadOnlyList<Mount>? Mounts { get; init; }
    public IReadOnlyList<string>? VolumesFrom { get; init; }
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }
    public bool? PublishAllPorts { get; init; }
    public string? NetworkMode { get; init; }
    public IReadOnlyList<string>? Links { get; init; }
    public IReadOnlyList<string>? ExtraHosts { get; init; }
    public RestartPolicy? RestartPolicy { get; init; }
    public bool? AutoRemove { get; init; }
    public bool? Init { get; init; }
    public bool? Privileged { get; init; }
    public bool? ReadonlyRootfs { get; init; }
    public LogConfig? LogConfig { get; init; }
    public IReadOnlyList<string>? CapAdd { get; init; }
    public IReadOnlyList<string>? CapDrop { get; init; }
    public IReadOnlyList<string>? GroupAdd { get; init; }
    public IReadOnlyList<string>? SecurityOpt { get; init; }
    public IReadOnlyList<string>? MaskedPaths { get; init; }
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }
    public IReadOnlyDictionary<string, string>? StorageOpt { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
    public IReadOnlyList<string>? Dns { get; init; }
    public IReadOnlyList<string>? DnsSearch { get; init; }
    public IReadOnlyList<string>? DnsOptions { get; init; }
    public string? IpcMode { get; init; }
    public string? PidMode { get; init; }
    public string? UTSMode { get; init; }
    public string? UsernsMode { get; init; }
    public string? CgroupnsMode { get; init; }
    public string? CgroupParent { get; init; }
    public string? Isolation { get; init; }
    public string? Runtime { get; init; }
    public long? ShmSize { get; init; }
    public bool? OomKillDisable { get; init; }
    public long? OomScoreAdj { get; init; }
    public long? NanoCpus { get; init; }
    public string? CpusetCpus { get; init; }
    public string? CpusetMems { get; init; }
    public long? CpuCount { get; init; }
    public long? CpuPercent { get; init; }
    public long? CpuShares { get; init; }
    public long? CpuQuota { get; init; }
    public long? CpuPeriod { get; init; }
    public long? CpuRealtimePeriod { get; init; }
    public long? CpuRealtimeRuntime { get; init; }
    public long? Memory { get; init; }
    public long? MemoryReservation { get; init; }
    public long? MemorySwap { get; init; }
    public long? MemorySwappiness { get; init; }
    public long? PidsLimit { get; init; }
    public IReadOnlyList<Ulimit>? Ulimits { get; init; }
    public int? BlkioWeight { get; init; }
    public IReadOnlyList<WeightDevice>? BlkioWeightDevice { get; init; }
    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadBps { get; init; }
    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteBps { get; init; }

    [JsonPropertyName("BlkioDeviceReadIOps")]
    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadOperations { get; init; }

    [JsonPropertyName("BlkioDeviceWriteIOps")]
    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteOperations { get; init; }
    public IReadOnlyList<DeviceMapping>? Devices { get; init; }
    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }
    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }
}

internal sealed record PortBinding
{
    public string? HostIp { get; init; }
    public string? HostPort { get; init; }
}

internal sealed record Ulimit(string Name, long Soft, long Hard);

internal sealed record DeviceMapping(string PathOnHost, string PathInContainer, string CgroupPermissions);

internal sealed record WeightDevice(string Path, int Weight);

internal sealed record ThrottleDevice(string Path, long Rate);

internal sealed record RestartPolicy(string Name, int MaximumRetryCount);

internal sealed record LogConfig(string? Type, IReadOnlyDictionary<string, string>? Config);

internal sealed record DeviceRequest
{
    public string? Driver { get; init; }
    public int Count { get; init; }
    public IReadOnlyList<string>? DeviceIDs { get; init; }
    public IReadOnlyList<IReadOnlyList<string>>? Capabilities { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
}
