namespace Compose.Execute.Copy;

/// <summary>Paths in a container: absolute, with forward slashes.</summary>
internal static class ContainerPaths
{
    /// <summary>
    /// The absolute path without . and .. segments. A slash or /. at its end is kept, because it means a directory.
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

    /// <summary>Whether the path's end says that it is a directory.</summary>
    public static bool AssertsDirectory(string path) =>
        path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("/.", StringComparison.Ordinal);

    /// <summary>A clean path's directory and name; for <c>/a/.</c> these are <c>/a</c> and a dot.</summary>
    public static (string Directory, string Name) Split(string path)
    {
        var trimmed = path.TrimEnd('/');
        if (trimmed.Length == 0)
            return ("/", "/");
        var slash = trimmed.LastIndexOf('/');
        return (slash <= 0 ? "/" : trimmed.Substring(0, slash), trimmed.Substring(slash + 1));
    }

    /// <summary>The path that a link at a path points to.</summary>
    public static string Follow(string path, string linkTarget) =>
        Clean(
            linkTarget.StartsWith("/", StringComparison.Ordinal) ? linkTarget : Split(Clean(path)).Directory + "/" + linkTarget);
}
