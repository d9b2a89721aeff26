using Compose.Files.Schema;

namespace Compose.Files;

/// <summary>Makes the paths of a file absolute: relative to its project directory, ~ to the home directory.</summary>
/// <param name="baseDirectory">The base of relative paths.</param>
/// <param name="homeDirectory">What ~ stands for, or null.</param>
/// <param name="keeps">Whether paths stay as they are written.</param>
/// <param name="convertsDrives">Whether mounts of C:\a become /c/a, for engines that know the host's drives so (COMPOSE_CONVERT_WINDOWS_PATHS).</param>
internal sealed class PathResolver(string baseDirectory, string? homeDirectory, bool convertsDrives = false, bool keeps = false)
{
    public string Resolve(string path)
    {
        if (keeps)
            return path;
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
            return homeDirectory is null ? path : Clean(Path.Combine(homeDirectory, path.Substring(1).TrimStart('/', '\\')));
        return IsAbsolute(path) ? path : Clean(Path.Combine(baseDirectory, path));
    }

    /// <summary>A path as it is behind symbolic links.</summary>
    public string ResolveLinks(string path) => keeps ? path : SymbolicLinks.Resolve(path);

    /// <summary>The source of a bind mount.</summary>
    public string ResolveMount(string path)
    {
        var full = Resolve(path);
        return convertsDrives && MountForms.IsDrivePath(full)
            ? "/" + char.ToLowerInvariant(full[0]) + full.Substring(2).Replace('\\', '/')
            : full;
    }

    /// <summary>A build context: a URL, a service or a named context stays as it is.</summary>
    public string ResolveContext(string context) => IsRemote(context) ? context : Resolve(context);

    public static bool IsRemote(string context) =>
        context.IndexOf("://", StringComparison.Ordinal) > 0
        || context.StartsWith("git@", StringComparison.Ordinal)
        || context.StartsWith("github.com/", StringComparison.Ordinal)
        || ServiceName.In(context) is not null;

    private static bool IsAbsolute(string path) =>
        path.StartsWith("/", StringComparison.Ordinal) || path.StartsWith("\\\\", StringComparison.Ordinal) || MountForms.IsDrivePath(path) || Path.IsPathRooted(path);

    private static string Clean(string path)
    {
        var full = Path.GetFullPath(path);
        return full.Length > 1 ? full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : full;
    }
}
