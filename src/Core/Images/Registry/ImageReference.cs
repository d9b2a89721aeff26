namespace Compose.Images.Registry;

/// <summary>An image's name, taken apart: registry, repository, tag or digest.</summary>
/// <param name="Registry">docker.io, or what stands before the first slash when it has a dot, a colon, or is localhost.</param>
/// <param name="Repository">The path in the registry.</param>
/// <param name="Tag">The tag; latest where none is given.</param>
/// <param name="Digest">sha256:..., or null.</param>
internal sealed record ImageReference(string Registry, string Repository, string Tag, string? Digest)
{
    public const string DockerHub = "docker.io";

    /// <summary>The name the engine pulls by.</summary>
    public string Name => Registry == DockerHub ? Repository : Registry + "/" + Repository;

    /// <summary>What is pulled: the digest where there is one, else the tag.</summary>
    public string Version => Digest ?? Tag;

    public override string ToString() => Digest is null ? $"{Name}:{Tag}" : $"{Name}@{Digest}";

    /// <summary>In full, tag and digest: what a lock of an image is written as.</summary>
    public string At(string digest)
    {
        var library = Registry == DockerHub && Repository.IndexOf('/') < 0 ? "library/" : "";
        return $"{Registry}/{library}{Repository}{(Digest is null ? ":" + Tag : "")}@{digest}";
    }

    public static ImageReference Parse(string text)
    {
        var at = text.IndexOf('@');
        var digest = at < 0 ? null : text.Substring(at + 1);
        var name = at < 0 ? text : text.Substring(0, at);
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        var tag = hasTag ? name.Substring(colon + 1) : "latest";
        var path = hasTag ? name.Substring(0, colon) : name;
        var slash = path.IndexOf('/');
        var first = slash < 0 ? "" : path.Substring(0, slash);
        if (first == "localhost" || first.IndexOfAny(['.', ':']) >= 0)
            return new ImageReference(first == "index.docker.io" ? DockerHub : first, path.Substring(slash + 1), tag, digest);
        return new ImageReference(DockerHub, path, tag, digest);
    }
}
