namespace Compose.Images.Registry;

/// <summary>A parsed image name: registry, repository, tag and digest.</summary>
/// <param name="Registry">The part before the first slash, if it has a dot or colon or is localhost; else docker.io.</param>
/// <param name="Repository">The path in the registry.</param>
/// <param name="Tag">The tag; latest if the name has none.</param>
/// <param name="Digest">sha256:..., or null.</param>
internal sealed record ImageReference(string Registry, string Repository, string Tag, string? Digest)
{
    public const string DockerHub = "docker.io";

    /// <summary>The name to pull, without tag.</summary>
    public string Name => Registry == DockerHub ? Repository : Registry + "/" + Repository;

    /// <summary>The digest, else the tag.</summary>
    public string Version => Digest ?? Tag;

    public override string ToString() => Digest is null ? $"{Name}:{Tag}" : $"{Name}@{Digest}";

    /// <summary>The full name with tag and digest, as <c>config</c> writes images with resolved digests.</summary>
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
