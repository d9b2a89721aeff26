using Compose.State;
using Compose.State.Choosing;

namespace Compose.Execute.Copy;

/// <summary>A copy between local files and the containers of one service.</summary>
internal sealed record CopyRequest
{
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>One container, by name; null for those of the service.</summary>
    public string? Container { get; init; }
    public int? Index { get; init; }

    /// <summary>Whether to include one-off containers.</summary>
    public bool All { get; init; }

    /// <summary>Whether to copy into all containers; otherwise out of the first.</summary>
    public bool IntoContainers { get; init; }

    /// <summary>The containers to copy into or from.</summary>
    /// <exception cref="Errors.ComposeException">ServiceNotFound or ReplicaNotFound.</exception>
    public IReadOnlyList<ComposeContainer> Choose(IReadOnlyList<ComposeContainer> containers)
    {
        var oneOffs = All && Container is null && Index is null
            ? containers.Where(container => container.Service == Service && container.OneOff).ToList()
            : [];
        var onlyOneOffs = oneOffs.Count > 0 && !containers.Any(container => container.Service == Service && !container.OneOff);
        var replicas = onlyOneOffs
            ? []
            : new ReplicaChoice
            {
                ProjectName = ProjectName,
                Service = Service,
                Container = Container,
                Index = Index,
            }.All(containers);
        IReadOnlyList<ComposeContainer> chosen = [.. replicas, .. oneOffs];
        return IntoContainers ? chosen : [chosen[0]];
    }
}

/// <summary>What to copy into a container: a local path, or content.</summary>
internal abstract record CopyInput
{
    /// <summary>A local path that was found to exist.</summary>
    /// <exception cref="Errors.ComposeException">CopySourceNotFound, CopyNotADirectory.</exception>
    public static CopyInput Of(string path, bool followLink)
    {
        _ = HostPaths.Source(path, followLink);
        return new HostPath(path, followLink);
    }

    /// <summary>A local file or directory.</summary>
    /// <param name="Path">An absolute path. A slash or /. at its end means that it is a directory.</param>
    /// <param name="FollowLink">Whether to follow a link.</param>
    public sealed record HostPath(string Path, bool FollowLink) : CopyInput;

    /// <summary>The content of one file.</summary>
    /// <param name="Octets">The bytes to write to the destination file.</param>
    public sealed record Content(byte[] Octets) : CopyInput;

    /// <summary>An archive.</summary>
    /// <param name="Octets">A tar archive to unpack in the destination directory.</param>
    public sealed record Archive(byte[] Octets) : CopyInput;
}
