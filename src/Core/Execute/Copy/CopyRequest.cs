using Compose.State;
using Compose.State.Choosing;

namespace Compose.Execute.Copy;

/// <summary>A copy between this machine and the containers of one service.</summary>
internal sealed record CopyRequest
{
    public required string ProjectName { get; init; }
    public required string Service { get; init; }

    /// <summary>A single container, by name; null means the service's.</summary>
    public string? Container { get; init; }
    public int? Index { get; init; }

    /// <summary>Whether one-off containers count as well.</summary>
    public bool All { get; init; }

    /// <summary>Whether files go into the containers; otherwise they come out of the first.</summary>
    public bool IntoContainers { get; init; }

    /// <summary>The containers meant.</summary>
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

/// <summary>What goes into a container: a path of this machine, or content by itself.</summary>
internal abstract record CopyInput
{
    /// <summary>A path of this machine, looked at.</summary>
    /// <exception cref="Errors.ComposeException">CopySourceNotFound, CopyNotADirectory.</exception>
    public static CopyInput Of(string path, bool followLink)
    {
        _ = HostPaths.Source(path, followLink);
        return new HostPath(path, followLink);
    }

    /// <summary>A file or directory of this machine.</summary>
    /// <param name="Path">An absolute path; a slash or /. at its end says that it is a directory.</param>
    /// <param name="FollowLink">Whether a link means what it points to.</param>
    public sealed record HostPath(string Path, bool FollowLink) : CopyInput;

    /// <summary>Content by itself.</summary>
    /// <param name="Octets">What the destination, a file, is to hold.</param>
    public sealed record Content(byte[] Octets) : CopyInput;

    /// <summary>An archive.</summary>
    /// <param name="Octets">A tar to unpack in the destination, a directory.</param>
    public sealed record Archive(byte[] Octets) : CopyInput;
}
