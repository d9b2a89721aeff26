namespace Compose.Model;

/// <summary>A mount of a service, in long form.</summary>
public sealed record MountDefinition
{
    /// <summary>bind, volume, tmpfs, npipe, cluster or image.</summary>
    public required string Type { get; init; }

    /// <summary>The absolute path (bind), the volume's key (volume) or the image (image); null for an anonymous volume.</summary>
    public string? Source { get; init; }
    public required string Target { get; init; }
    public bool ReadOnly { get; init; }
    public string? Consistency { get; init; }
    public BindOptions? Bind { get; init; }
    public VolumeMountOptions? Volume { get; init; }
    public TmpfsOptions? Tmpfs { get; init; }
    public string? ImageSubpath { get; init; }
    public Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Source is null ? Target : $"{Source}:{Target}";
}

/// <summary>Options of a bind mount.</summary>
public sealed record BindOptions
{
    public string? Propagation { get; init; }
    public bool CreateHostPath { get; init; } = true;

    /// <summary>Whether the file sets create_host_path; the short form does. Releases before 5.0 print it only then.</summary>
    internal bool CreateHostPathIsSet { get; init; }
    public string? Recursive { get; init; }
    public string? SELinux { get; init; }
}

/// <summary>Options of a volume mount.</summary>
public sealed record VolumeMountOptions
{
    public bool NoCopy { get; init; }
    public string? Subpath { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>Options of a tmpfs mount: size in bytes, mode as permission bits.</summary>
public sealed record TmpfsOptions
{
    public long? Size { get; init; }
    public int? Mode { get; init; }
}
