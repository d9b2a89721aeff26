namespace Compose.Execute.Copy;

/// <summary>Paths within a container: always with forward slashes, always from the root.</summary>
internal static class ContainerPaths
{
    /// <summary>
    /// The path from the root without . and .., with a slash or /. at its end kept: both say that a directory is meant.
    /// </summary>
    public static string Clean(string path)
    {
        var parts = new List<string>();
        var given = path.Replace('\\', '/').Split('/');
        foreach (var part in given)
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or ".."))
                parts.Add(part);
        }

        var clean = "/" + string.Join("/", parts);
        return given[given.Length - 1] switch
        {
            "." or ".." => clean.TrimEnd('/') + "/.",
            "" when parts.Count > 0 => clean + "/",
            _ => clean,
        };
    }

    /// <summary>Whether a path says of itself that it is a directory.</summary>
    public static bool AssertsDirectory(string path) =>
        path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("/.", StringComparison.Ordinal);

    /// <summary>The directory a clean path stands in, and its name there; of <c>/a/.</c> that is <c>/a</c> and a dot.</summary>
    public static (string Directory, string Name) Split(string path)
    {
        var trimmed = path.TrimEnd('/');
        if (trimmed.Length == 0)
            return ("/", "/");
        var slash = trimmed.LastIndexOf('/');
        return (slash <= 0 ? "/" : trimmed.Substring(0, slash), trimmed.Substring(slash + 1));
    }

    /// <summary>Where a link leads that stands at a path.</summary>
    public static string Follow(string path, string linkTarget) =>
        Clean(
            linkTarget.StartsWith("/", StringComparison.Ordinal) ? linkTarget : Split(Clean(path)).Directory + "/" + linkTarget);
}
