using Compose.Engine.Api;

namespace Compose.State;

/// <summary>Converts image references to the forms that engines list them by.</summary>
internal static class ImageName
{
    private static readonly string[] HubPrefixes =
        [ImagePrefix.Official, "index." + ImagePrefix.Official, ImagePrefix.Hub, "index." + ImagePrefix.Hub];

    /// <summary>The name in the engine's image list: without docker.io, and with a tag or digest.</summary>
    public static string Familiar(string reference)
    {
        var name = reference;
        foreach (var prefix in HubPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                name = name.Substring(prefix.Length);
                break;
            }
        }

        var at = name.IndexOf('@');
        if (at >= 0)
            return WithoutTag(name.Substring(0, at)) + name.Substring(at);
        return name.LastIndexOf(':') > name.LastIndexOf('/') ? name : name + ":latest";
    }

    /// <summary>
    /// The name to look up on Podman, where a name with docker.io finds only Docker Hub's image, a short one also a local image.
    /// </summary>
    public static string Exact(string reference)
    {
        var name = Familiar(reference);
        if (!reference.StartsWith(ImagePrefix.Hub, StringComparison.Ordinal))
            return name;
        return (name.IndexOf('/') < 0 ? ImagePrefix.Official : ImagePrefix.Hub) + name;
    }

    /// <summary>Whether a name has Podman's prefix for images that are in no registry.</summary>
    public static bool IsLocal(string name) => name.StartsWith(ImagePrefix.Local, StringComparison.Ordinal);

    /// <summary>The name without tag and digest.</summary>
    public static string Repository(string reference) => WithoutTag(Familiar(reference).Split('@')[0]);

    private static string WithoutTag(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name.Substring(0, colon) : name;
    }
}
