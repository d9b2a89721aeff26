using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Plan.Requests;

/// <summary>Mounts: the string form where it says all, for it creates a missing host path; the API's mounts for the rest.</summary>
internal static class MountTranslation
{
    public static IReadOnlyList<string>? Binds(ContainerSource source)
    {
        var binds = source.Service.Volumes.Where(IsPlain).Select(mount => Bind(source.Project, mount))
            .Concat(SecretFiles.Binds(source.Project, source.Service).Select(file => $"{file.Source}:{file.Target}:ro"))
            .Concat(source.InheritedVolumes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value}:{pair.Key}:rw"))
            .ToList();
        return binds.Count == 0 ? null : binds;
    }

    public static IReadOnlyList<Mount>? Mounts(ContainerSource source)
    {
        var mounts = source.Service.Volumes
            .Where(mount => !IsPlain(mount) && !IsAnonymous(mount)).Select(mount => Translate(source.Project, mount)).ToList();
        return mounts.Count == 0 ? null : mounts;
    }

    /// <summary>Targets the engine makes anonymous volumes for.</summary>
    public static IReadOnlyDictionary<string, EmptyObject>? Anonymous(ContainerSource source)
    {
        var targets = source.Service.Volumes.Where(IsAnonymous).Select(mount => mount.Target).Where(target => !source.InheritedVolumes.ContainsKey(target)).Distinct().ToList();
        return targets.Count == 0 ? null : targets.ToDictionary(target => target, _ => EmptyObject.Value);
    }

    public static IReadOnlyDictionary<string, string>? Tmpfs(ServiceDefinition service) => service.Tmpfs.Count == 0
        ? null
        : service.Tmpfs.Select(entry => entry.Split([':'], 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");

    private static bool IsAnonymous(MountDefinition mount) => mount.Type == "volume" && mount.Source is null && mount.Volume is not { Labels.Count: > 0 };

    private static bool IsPlain(MountDefinition mount) => mount.Source is not null && mount.Type switch
    {
        "bind" => mount.Bind is not { CreateHostPath: false } && mount.Bind is not { Propagation: not null } && mount.Bind is not { Recursive: not null },
        "volume" => mount.Volume is null or { NoCopy: false, Subpath: null, Labels.Count: 0 },
        _ => false,
    };

    private static string Bind(ComposeProject project, MountDefinition mount)
    {
        var options = new List<string> { mount.ReadOnly ? "ro" : "rw" };
        if (mount.Bind?.SELinux is { } label)
            options.Add(label);
        return $"{Source(project, mount)}:{mount.Target}:{string.Join(",", options)}";
    }

    private static Mount Translate(ComposeProject project, MountDefinition mount) => new()
    {
        Type = mount.Type,
        Source = Source(project, mount),
        Target = mount.Target,
        ReadOnly = mount.ReadOnly ? true : null,
        Consistency = mount.Consistency,
        BindOptions = mount.Type == "bind" ? BindOptions(mount) : null,
        VolumeOptions = mount is { Type: "volume", Volume: { } volume }
            ? new MountVolumeOptions { NoCopy = volume.NoCopy ? true : null, Subpath = volume.Subpath, Labels = volume.Labels.Count > 0 ? volume.Labels : null }
            : null,
        TmpfsOptions = mount is { Type: "tmpfs", Tmpfs: { } tmpfs } ? new MountTmpfsOptions { SizeBytes = tmpfs.Size, Mode = tmpfs.Mode } : null,
        ImageOptions = mount is { Type: "image", ImageSubpath: { } subpath } ? new MountImageOptions(subpath) : null,
    };

    private static MountBindOptions BindOptions(MountDefinition mount) => new()
    {
        Propagation = mount.Bind?.Propagation,
        CreateMountpoint = mount.Bind is { CreateHostPath: false } ? null : true,
        NonRecursive = mount.Bind?.Recursive == "disabled" ? true : null,
        ReadOnlyNonRecursive = mount.Bind?.Recursive == "writable" ? true : null,
        ReadOnlyForceRecursive = mount.Bind?.Recursive == "readonly" ? true : null,
    };

    private static string? Source(ComposeProject project, MountDefinition mount) =>
        mount is { Type: "volume", Source: { } key } && project.Volumes.TryGetValue(key, out var volume) ? volume.Name : mount.Source;
}
