using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Files;
using Compose.Files.Canonical;
using Compose.Model;
using Compose.Plan.Requests;

namespace Compose.Swarm.Specs;

/// <summary>The mounts of a service's tasks.</summary>
internal static class MountSpecs
{
    private const int OctalBase = 8;

    public static IReadOnlyList<Mount>? Make(
        ComposeProject project, ServiceDefinition service, StackNames names, SpecFindings findings)
    {
        var mounts = service.Volumes.Select(mount => Translate(project, service, mount, names, findings))
            .Concat(service.Tmpfs.Select(entry => Tmpfs(service, entry, findings)))
            .ToList();
        return mounts.Count == 0 ? null : mounts;
    }

    private static Mount Translate(
        ComposeProject project, ServiceDefinition service, MountDefinition mount, StackNames names, SpecFindings findings)
    {
        if (mount.Type is "bind" or "npipe")
            findings.Warn(
                Place(mount.Origin, service),
                $"service '{service.Name}' mounts '{mount.Source}', which must exist on every node that runs its tasks; "
                    + "none is made or copied there.");
        if (mount.Bind?.Recursive is ("readonly" or "writable") and var recursion)
            findings.Warn(
                Place(mount.Origin, service),
                $"a Swarm has no 'recursive: {recursion}' for the mount at '{mount.Target}' of service '{service.Name}'; "
                    + "it is left out.");
        if (mount.Type == "image")
            findings.Refuse(
                SwarmErrors.ImageMount, Place(mount.Origin, service),
                $"service '{service.Name}' mounts the image '{mount.Source}'.", service.Name);
        var volume = mount is { Type: "volume", Source: { } key } && project.Volumes.TryGetValue(key, out var found)
            ? found
            : null;
        return MountTranslation.Plain(mount) with
        {
            Source = volume is null ? mount.Source : volume.External ? volume.Name : names.Of(volume.Key, volume.Name),
            Consistency = null,
            BindOptions = mount is { Type: "bind", Bind: { } bind } ? Bind(bind) : null,
            VolumeOptions = mount.Type == "volume" ? Volume(mount, volume, names) : null,
        };
    }

    /// <summary>
    /// Without create_host_path: an empty directory on a node hides that the files are missing there. Without what a swarm drops.
    /// </summary>
    private static MountBindOptions? Bind(BindOptions bind)
    {
        var options = MountTranslation.BindOptions(bind);
        return options is { Propagation: null, NonRecursive: null }
            ? null
            : new MountBindOptions { Propagation = options.Propagation, NonRecursive = options.NonRecursive };
    }

    /// <summary>The node makes the volume when a task needs it, so the mount has what the file says of the volume.</summary>
    private static MountVolumeOptions? Volume(MountDefinition mount, VolumeDefinition? volume, StackNames names)
    {
        var labels = volume is { External: false }
            ? names.Labels(volume.Labels)
            : new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in mount.Volume?.Labels ?? new Dictionary<string, string>())
            labels[pair.Key] = pair.Value;
        var options = new MountVolumeOptions
        {
            NoCopy = mount.Volume?.NoCopy == true ? true : null,
            Subpath = mount.Volume?.Subpath,
            Labels = labels.Count > 0 ? labels : null,
            DriverConfig = volume is { External: false } && (volume.Driver is { Length: > 0 } || volume.DriverOptions.Count > 0)
                ? new MountDriver(volume.Driver, volume.DriverOptions.Count > 0 ? volume.DriverOptions : null)
                : null,
        };
        return options == new MountVolumeOptions() ? null : options;
    }

    /// <summary><c>path</c> or <c>path:size=64m,mode=1777</c>; a swarm knows no other options.</summary>
    private static Mount Tmpfs(ServiceDefinition service, string entry, SpecFindings findings)
    {
        var parts = entry.Split([':'], 2);
        long? size = null;
        int? mode = null;
        var isReadOnly = false;
        foreach (var option in parts.Length < 2 ? [] : parts[1].Split([','], StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split(['='], 2);
            if (pair[0] == "size" && pair.Length == 2 && ByteSize.Parse(pair[1]) is long octets)
                size = octets;
            else if (pair[0] == "mode" && pair.Length == 2 && Octal(pair[1]) is { } bits)
                mode = bits;
            else if (option == "ro")
                isReadOnly = true;
            else if (option != "rw")
                findings.Warn(
                    findings.Place(service, "tmpfs"),
                    $"a Swarm has no option '{option}' for the tmpfs at '{parts[0]}' of service '{service.Name}'; "
                        + "it is left out.");
        }

        return new Mount
        {
            Type = "tmpfs",
            Target = parts[0],
            ReadOnly = isReadOnly ? true : null,
            TmpfsOptions = size is null && mode is null ? null : new MountTmpfsOptions { SizeBytes = size, Mode = mode },
        };
    }

    private static int? Octal(string text) =>
        text.Length is > 0 and < 6 && text.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt32(text, OctalBase) : null;

    private static Origin Place(Origin origin, ServiceDefinition service) => origin.File is null ? service.Origin : origin;
}
