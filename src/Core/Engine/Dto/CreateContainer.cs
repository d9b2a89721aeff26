using System.Text.Json.Serialization;

namespace Compose.Engine.Dto;

/// <summary>POST /containers/create. What is null is not sent.</summary>
internal sealed record CreateContainerRequest
{
    public required string Image { get; init; }
    public IReadOnlyList<string>? Cmd { get; init; }
    public IReadOnlyList<string>? Entrypoint { get; init; }
    public IReadOnlyList<string>? Env { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public string? Hostname { get; init; }
    public string? Domainname { get; init; }
    public string? User { get; init; }
    public string? WorkingDir { get; init; }
    public string? MacAddress { get; init; }
    public string? StopSignal { get; init; }

    /// <summary>Whole seconds.</summary>
    public int? StopTimeout { get; init; }
    public bool? Tty { get; init; }
    public bool? OpenStdin { get; init; }
    public bool? StdinOnce { get; init; }
    public bool? AttachStdin { get; init; }
    public bool? AttachStdout { get; init; }
    public bool? AttachStderr { get; init; }
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }
    public IReadOnlyDictionary<string, EmptyObject>? Volumes { get; init; }
    public HealthConfig? Healthcheck { get; init; }
    public HostConfig? HostConfig { get; init; }
    public NetworkingConfig? NetworkingConfig { get; init; }
}

/// <summary>The value of a set that the engine spells as a map.</summary>
internal sealed record EmptyObject
{
    public static readonly EmptyObject Value = new();
}

/// <summary>Durations in nanoseconds.</summary>
internal sealed record HealthConfig
{
    public IReadOnlyList<string>? Test { get; init; }
    public long? Interval { get; init; }
    public long? Timeout { get; init; }
    public int? Retries { get; init; }
    public long? StartPeriod { get; init; }
    public long? StartInterval { get; init; }
}

internal sealed record NetworkingConfig
{
    public required IReadOnlyDictionary<string, EndpointSettings> EndpointsConfig { get; init; }
}

/// <summary>How a container joins a network; also how inspect and list answer.</summary>
internal sealed record EndpointSettings
{
    public IReadOnlyList<string>? Aliases { get; init; }
    public IReadOnlyList<string>? Links { get; init; }
    public EndpointIpamConfig? IPAMConfig { get; init; }
    public string? MacAddress { get; init; }
    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }
    public int? GwPriority { get; init; }
    public string? NetworkID { get; init; }
    public string? IPAddress { get; init; }
}

internal sealed record EndpointIpamConfig
{
    public string? IPv4Address { get; init; }
    public string? IPv6Address { get; init; }
    public IReadOnlyList<string>? LinkLocalIPs { get; init; }
}

internal sealed record CreateContainerResponse(string Id, IReadOnlyList<string>? Warnings);

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

/// <summary>A mount of the API's newer form.</summary>
internal sealed record Mount
{
    public required string Type { get; init; }
    public string? Source { get; init; }
    public required string Target { get; init; }
    public bool? ReadOnly { get; init; }
    public string? Consistency { get; init; }
    public MountBindOptions? BindOptions { get; init; }
    public MountVolumeOptions? VolumeOptions { get; init; }
    public MountTmpfsOptions? TmpfsOptions { get; init; }
    public MountImageOptions? ImageOptions { get; init; }
}

internal sealed record MountBindOptions
{
    public string? Propagation { get; init; }
    public bool? CreateMountpoint { get; init; }
    public bool? NonRecursive { get; init; }
    public bool? ReadOnlyNonRecursive { get; init; }
    public bool? ReadOnlyForceRecursive { get; init; }
}

internal sealed record MountVolumeOptions
{
    public bool? NoCopy { get; init; }
    public string? Subpath { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

internal sealed record MountTmpfsOptions
{
    public long? SizeBytes { get; init; }
    public int? Mode { get; init; }
}

internal sealed record MountImageOptions(string? Subpath);

/// <summary>What of a container depends on the host. Sizes in bytes.</summary>
internal sealed record HostConfig
{
    public IReadOnlyList<string>? Binds { get; init; }
    public IReadOnlyList<Mount>? Mounts { get; init; }
    public IReadOnlyList<string>? VolumesFrom { get; init; }
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }
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
