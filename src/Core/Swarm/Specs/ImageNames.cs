using Compose.Images.Registry;

namespace Compose.Swarm.Specs;

/// <summary>The names of images in specs, as the docker client sends them.</summary>
internal static class ImageNames
{
    private const string Library = "library/";

    /// <summary>The short name with a tag: <c>docker.io/library/busybox</c> becomes <c>busybox:latest</c>.</summary>
    public static string Tagged(string image)
    {
        var reference = ImageReference.Parse(image);
        if (reference.Digest is not null)
            return image;
        return reference.Registry == ImageReference.DockerHub
            && reference.Repository.StartsWith(Library, StringComparison.Ordinal)
            && reference.Repository.IndexOf('/', Library.Length) < 0
            ? (reference with { Repository = reference.Repository.Substring(Library.Length) }).ToString()
            : reference.ToString();
    }

    public static bool IsPinned(string? image) => image?.IndexOf('@') >= 0;

    /// <summary>The name without the digest that the engine pinned it to.</summary>
    public static string? Unpinned(string? image) =>
        image?.IndexOf('@') is { } at and >= 0 && image.Substring(0, at).LastIndexOf(':') > image.LastIndexOf('/', at)
            ? image.Substring(0, at)
            : image;
}
