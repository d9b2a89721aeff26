namespace Compose.Files.Reading;

/// <summary>Paths as they are behind symbolic links: what is watched is told of by its real name.</summary>
internal static class SymbolicLinks
{
    /// <summary>
    /// The most links one path may lead through, as Linux has it. Without a bound on the total, links to links double with each.
    /// </summary>
    public const int MaxLinks = 40;

    /// <summary>
    /// The path with every part that is a link replaced; a part that does not exist stays. Null where it leads through too many
    /// links. .NET Framework cannot tell links.
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
