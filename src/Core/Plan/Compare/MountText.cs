using Compose.Engine.Dto;
using Compose.Files.Reading;
using Compose.Plan.Replicas;

namespace Compose.Plan.Compare;

/// <summary>
/// A container's mounts as text, the same whether they are in Binds or Mounts of the request, because releases of docker compose
/// differ in that. An anonymous volume inherited from an earlier container is still an anonymous volume.
/// </summary>
internal static class MountText
{
    private static readonly string[] Propagations = ["private", "shared", "rshared", "slave", "rslave"];

    public static string Of(HostConfig host) => string.Join(", ",
        (host.Binds ?? []).Select(Bind).Concat((host.Mounts ?? []).Select(Of)).OrderBy(text => text, StringComparer.Ordinal));

    private static string Bind(string bind)
    {
        var drive = DrivePath.Is(bind) ? 2 : 0;
        var source = bind.Substring(0, bind.IndexOf(':', drive));
        var rest = bind.Substring(source.Length + 1);
        var drives = DrivePath.Is(rest) ? 2 : 0;
        var end = rest.IndexOf(':', drives);
        var options = end < 0 ? [] : rest.Substring(end + 1).Split(',');
        var path = source.IndexOfAny(['/', '\\']) >= 0;
        return Text(path ? "bind" : "volume", source, end < 0 ? rest : rest.Substring(0, end), options.Contains("ro"),
            [.. options.Where(option => Propagations.Contains(option) || option is "nocopy" or "z" or "Z")]);
    }

    /// <summary>A mount without its labels and driver.</summary>
    public static string Of(Mount mount) => Text(mount.Type, mount.Source, mount.Target, mount.ReadOnly == true,
    [
        .. new[] { mount.BindOptions?.Propagation is { } propagation && Propagations.Contains(propagation) ? propagation : "" }
            .Concat(Recursion(mount.BindOptions))
            .Concat(
            [
                mount.VolumeOptions?.NoCopy == true ? "nocopy" : "",
                mount.VolumeOptions?.Subpath ?? mount.ImageOptions?.Subpath ?? "",
                mount.TmpfsOptions?.SizeBytes is > 0 and { } size ? "size=" + size : "",
                mount.TmpfsOptions?.Mode is > 0 and { } mode ? "mode=" + Convert.ToString(mode, 8) : "",
            ])
            .Where(option => option.Length > 0),
    ]);

    /// <summary>Whether mounts below the source are included, and whether they are read-only too.</summary>
    private static IEnumerable<string> Recursion(MountBindOptions? options) =>
        options?.NonRecursive == true ? ["recursive=disabled"]
        : options?.ReadOnlyNonRecursive == true ? ["recursive=writable"]
        : options?.ReadOnlyForceRecursive == true ? ["recursive=readonly"]
        : [];

    private static string Text(string type, string? source, string target, bool readOnly, IReadOnlyList<string> options)
    {
        var from = type == "volume" && AnonymousVolumes.IsGenerated(source) ? "" : source ?? "";
        return string.Join(",", [$"{type}:{from}:{target}", .. readOnly ? ["ro"] : Array.Empty<string>(), .. options]);
    }
}
