using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Prepare;

namespace Compose.Plan.Requests;

/// <summary>
/// Mounts: in the string form (Binds) if it can express them, because it creates missing host paths, else in the form of Mounts.
/// </summary>
internal static class MountTranslation
{
    public static IReadOnlyList<string>? Binds(ContainerSource source)
    {
        var binds = Own(source).Where(IsPlain).Select(mount => Bind(source.Project, mount)).ToList();
        return binds.Count == 0 ? null : binds;
    }

    /// <summary>
    /// The mounts that the string form cannot express: anonymous and inherited volumes, secrets and configs, and mounts with
    /// options.
    /// </summary>
    public static IReadOnlyList<Mount>? Mounts(ContainerSource source)
    {
        var taken = new HashSet<string>(source.Service.Volumes.Select(mount => mount.Target), StringComparer.Ordinal);
        var mounts = Own(source).Where(mount => !IsPlain(mount)).Select(mount => Translate(source.Project, mount))
            .Concat(
                source.InheritedVolumes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new Mount { Type = "volume", Source = pair.Value, Target = pair.Key }))
            .Concat(
                SecretFiles.Binds(source.Project, source.Service)
                    .Where(file => taken.Add(file.Target))
                    .Select(file => new Mount { Type = "bind", Source = file.Source, Target = file.Target, ReadOnly = true }))
            .ToList();
        return mounts.Count == 0 ? null : mounts;
    }

    public static IReadOnlyDictionary<string, string>? Tmpfs(ServiceDefinition service) => service.Tmpfs.Count == 0
        ? null
        : service.Tmpfs.Select(entry => entry.Split([':'], 2))
            .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");

    /// <summary>The service's mounts, without anonymous volumes that are inherited.</summary>
    private static IEnumerable<MountDefinition> Own(ContainerSource source) =>
        source.Service.Volumes.Where(mount => mount.Source is not null || !source.InheritedVolumes.ContainsKey(mount.Target));

    private static bool IsPlain(MountDefinition mount) => mount.Source is not null && mount.Type switch
    {
        "bind" => IsPlainBind(mount.Bind),
        "volume" => IsPlainVolume(mount),
        _ => false,
    };

    /// <summary>An SELinux label needs the string form, which also has propagation.</summary>
    private static bool IsPlainBind(BindOptions? bind) =>
        bind is null
            or { CreateHostPath: true, Recursive: null, Propagation: null }
            or { CreateHostPath: true, Recursive: null, SELinux: not null };

    /// <summary>A volume's SELinux label needs the string form.</summary>
    private static bool IsPlainVolume(MountDefinition mount) =>
        mount.Volume is null or { NoCopy: false, Subpath: null, Labels.Count: 0 }
        || mount is { Bind.SELinux: not null, Volume: { Subpath: null, Labels.Count: 0 } };

    private static string Bind(ComposeProject project, MountDefinition mount)
    {
        var options = new List<string> { mount.ReadOnly ? "ro" : "rw" };
        if (mount.Bind?.SELinux is { } label)
            options.Add(label);
        if (mount is { Type: "bind", Bind.Propagation: { } propagation })
            options.Add(propagation);
        if (mount is { Type: "volume", Volume.NoCopy: true })
            options.Add("nocopy");
        return $"{Source(project, mount)}:{mount.Target}:{string.Join(",", options)}";
    }

    private static Mount Translate(ComposeProject project, MountDefinition mount) => Plain(mount) with
    {
        Source = Source(project, mount),
        BindOptions = mount is { Type: "bind", Bind: { } bind } ? BindOptions(bind) : null,
        VolumeOptions = mount is { Type: "volume", Volume: { } volume }
            ? new MountVolumeOptions
            {
                NoCopy = volume.NoCopy ? true : null,
                Subpath = volume.Subpath,
                Labels = volume.Labels.Count > 0 ? volume.Labels : null,
            }
            : null,
    };

    /// <summary>What a mount needs neither its project nor the options of binds and volumes for.</summary>
    public static Mount Plain(MountDefinition mount) => new()
    {
        Type = mount.Type,
        Source = mount.Source,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly ? true : null,
        Consistency = mount.Consistency,
        TmpfsOptions = mount is { Type: "tmpfs", Tmpfs: { } tmpfs }
            ? new MountTmpfsOptions { SizeBytes = tmpfs.Size, Mode = tmpfs.Mode }
            : null,
        ImageOptions = mount is { Type: "image", ImageSubpath: { } subpath } ? new MountImageOptions(subpath) : null,
    };

    public static MountBindOptions BindOptions(BindOptions bind) => new()
    {
        Propagation = bind.Propagation,
        CreateMountpoint = bind.CreateHostPath ? true : null,
        NonRecursive = bind.Recursive == "disabled" ? true : null,
        ReadOnlyNonRecursive = bind.Recursive == "writable" ? true : null,
        ReadOnlyForceRecursive = bind.Recursive == "readonly" ? true : null,
    };

    private static string? Source(ComposeProject project, MountDefinition mount) =>
        mount is { Type: "volume", Source: { } key } && project.Volumes.TryGetValue(key, out var volume)
            ? volume.Name
            : mount.Source;
}
