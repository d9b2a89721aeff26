namespace Compose.Engine.Dto;

/// <summary>A mount in the form of HostConfig.Mounts, as opposed to the text form of HostConfig.Binds.</summary>
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

    /// <summary>The driver of a volume that the mount creates; only services send it.</summary>
    public MountDriver? DriverConfig { get; init; }
}

internal sealed record MountDriver(string? Name, IReadOnlyDictionary<string, string>? Options);

internal sealed record MountTmpfsOptions
{
    public long? SizeBytes { get; init; }
    public int? Mode { get; init; }
}

internal sealed record MountImageOptions(string? Subpath);
