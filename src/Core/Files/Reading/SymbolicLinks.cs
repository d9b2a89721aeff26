namespace Compose.Files.Reading;

/// <summary>Resolves symbolic links in watched paths, because file system events carry the target's path.</summary>
internal static class SymbolicLinks
{
    /// <summary>
    /// The most links in one path, as on Linux. The limit is on the total: links to paths with links could double at every level.
    /// </summary>
    public const int MaxLinks = 40;

    /// <summary>
    /// The path with every link replaced by its target; parts that do not exist stay. Null if there are too many links. On
    /// .NET Framework, which cannot read links, the path itself.
    /// </summary>
    public static string? Resolve(string path)
    {
#if NET
        var links = 0;
        return Resolve(path, ref links);
#else
        return path;
#endif
    }

#if NET
    private static string? Resolve(string path, ref int links)
    {
        if (Path.GetPathRoot(path) is not { Length: > 0 } root)
            return path;
        var resolved = root;
        foreach (var step in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, step);
            if (new FileInfo(next).LinkTarget is not { } target)
                resolved = next;
            else if (++links > MaxLinks || Resolve(Path.GetFullPath(Path.Combine(resolved, target)), ref links) is not { } behind)
                return null;
            else
                resolved = behind;
        }

        return resolved;
    }
#endif
}
