namespace Compose.Model;

/// <summary>A mount of a service, in long form.</summary>
public sealed record MountDefinition
{
    /// <summary>bind, volume, tmpfs, npipe, cluster or image.</summary>
    public required string Type { get; init; }

    /// <summary>An absolute path (bind), a volume's key (volume), an image (image); null: anonymous.</summary>
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

/// <summary>What a bind mount adds.</summary>
public sealed record BindOptions
{
    public string? Propagation { get; init; }
    public bool CreateHostPath { get; init; } = true;

    /// <summary>Whether it was said, which the short form does: releases before 5.0 print it then.</summary>
    internal bool SaysCreateHostPath { get; init; }
    public string? Recursive { get; init; }
    public string? SELinux { get; init; }
}

/// <summary>What a mount of a named volume adds.</summary>
public sealed record VolumeMountOptions
{
    public bool NoCopy { get; init; }
    public string? Subpath { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a tmpfs mount adds; size in bytes, mode as permission bits.</summary>
public sealed record TmpfsOptions
{
    public long? Size { get; init; }
    public int? Mode { get; init; }
}
