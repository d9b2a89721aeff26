namespace Compose.Files;

/// <summary>Paths as they are behind symbolic links: what is watched is told of by its real name.</summary>
internal static class SymbolicLinks
{
    /// <summary>The path with every part that is a link replaced; a part that does not exist stays. .NET Framework cannot tell links.</summary>
    public static string Resolve(string path) => Resolve(path, 0);

#if NET
    private const int MaxLinks = 40;

    private static string Resolve(string path, int depth)
    {
        if (depth > MaxLinks || Path.GetPathRoot(path) is not { Length: > 0 } root)
            return path;
        var resolved = root;
        foreach (var step in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, step);
            var target = new FileInfo(next).LinkTarget;
            resolved = target is null ? next : Resolve(Path.GetFullPath(Path.Combine(resolved, target)), depth + 1);
        }

        return resolved;
    }
#else
    private static string Resolve(string path, int _) => path;
#endif
}
