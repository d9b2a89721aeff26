using System.Text.Json.Nodes;
using Compose.Engine.Dto;
using Compose.Files.Reading;
using Compose.Plan.Replicas;

namespace Compose.Execute.Describe;

/// <summary>A container's mounts: binds and named volumes as requested, anonymous volumes by their path.</summary>
internal static class MountDescription
{
    public static void Add(JsonObject service, DescribedContainer container, ProjectResourceNames names)
    {
        var host = container.Inspect.HostConfig;
        var mounts = new List<JsonNode>();
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var bind in host.Binds ?? [])
        {
            var source = bind.Substring(0, SourceEnd(bind));
            var rest = bind.Substring(source.Length + 1);
            places.Add(rest.Split(':')[0]);
            if (!AnonymousVolumes.IsGenerated(source))
                mounts.Add(
                    JsonSection.Escape(
                        (source.IndexOfAny(['/', '\\']) >= 0 ? source : names.Volume(source)) + ":" + (
                            rest.EndsWith(":rw", StringComparison.Ordinal) ? rest.Substring(0, rest.Length - 3) : rest)));
        }

        foreach (var mount in (host.Mounts ?? []).Where(mount =>
            !(mount.Type == "volume" && (mount.Source is null or "" || AnonymousVolumes.IsGenerated(mount.Source)))))
        {
            places.Add(mount.Target);
            mounts.Add(Long(mount, names));
        }

        mounts.AddRange(Anonymous(container, host, places).Select(place => (JsonNode)JsonSection.Escape(place)));
        service.Items("volumes", mounts);
        service.Texts(
            "tmpfs",
            host.Tmpfs?.Select(pair => pair.Value.Length > 0 ? pair.Key + ":" + pair.Value : pair.Key)
                .OrderBy(text => text, StringComparer.Ordinal));
        service.Texts("volumes_from", host.VolumesFrom?.Select(names.VolumesFrom));
    }

    /// <summary>The anonymous volumes that the image does not declare.</summary>
    private static IEnumerable<string> Anonymous(DescribedContainer container, HostConfig host, HashSet<string> places) =>
        (container.Inspect.Mounts ?? [])
            .Where(mount => mount is { Type: "volume", Name: { } name } && AnonymousVolumes.IsGenerated(name))
        .Select(mount => mount.Destination)
        .Where(place => container.Image?.Volumes?.ContainsKey(place) != true)
        // Mounts from volumes_from were not requested by this container.
        .Where(place =>
            host.VolumesFrom is null or { Count: 0 }
                || places.Contains(place)
                || container.Inspect.Config.Volumes?.ContainsKey(place) == true)
        .Where(place =>
            !places.Contains(place)
                || host.Binds?.Any(bind =>
                    AnonymousVolumes.IsGenerated(bind.Split(':')[0]) && bind.Split(':')[1] == place) == true)
        .OrderBy(place => place, StringComparer.Ordinal);

    private static JsonObject Long(Mount mount, ProjectResourceNames names)
    {
        var described = new JsonObject { ["type"] = mount.Type };
        described.Text("source", mount.Type == "volume" ? names.Volume(mount.Source!) : mount.Source);
        described.Text("target", mount.Target);
        described.Flag("read_only", mount.ReadOnly);
        if (mount.Consistency is not "default")
            described.Text("consistency", mount.Consistency);
        if (mount.BindOptions is { } bind)
        {
            var options = new JsonObject();
            options.Text("propagation", bind.Propagation);
            if (bind.CreateMountpoint is { } create)
                options["create_host_path"] = create;
            options.Text(
                "recursive",
                bind switch {
                    { NonRecursive: true } => "disabled", { ReadOnlyNonRecursive: true } => "writable",
                    { ReadOnlyForceRecursive: true } => "readonly", _ => null});
            described.Part("bind", options);
        }

        var volume = new JsonObject();
        volume.Flag("nocopy", mount.VolumeOptions?.NoCopy);
        volume.Text("subpath", mount.VolumeOptions?.Subpath);
        described.Part("volume", volume);
        var tmpfs = new JsonObject();
        tmpfs.Number("size", mount.TmpfsOptions?.SizeBytes);
        tmpfs.Number("mode", mount.TmpfsOptions?.Mode);
        described.Part("tmpfs", tmpfs);
        var image = new JsonObject();
        image.Text("subpath", mount.ImageOptions?.Subpath);
        described.Part("image", image);
        return described;
    }

    /// <summary>A colon ends the source, except the colon of a drive.</summary>
    private static int SourceEnd(string bind) => bind.IndexOf(':', DrivePath.Is(bind) ? 2 : 0);
}
