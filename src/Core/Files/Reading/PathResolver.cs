using Compose.Errors;
using Compose.Files.Canonical;
using Compose.Files.Checks;
using Compose.Yaml;

namespace Compose.Files.Reading;

/// <summary>Makes the paths of a compose file absolute and expands a leading ~.</summary>
/// <param name="baseDirectory">The base of relative paths.</param>
/// <param name="homeDirectory">The directory that ~ expands to; null to leave ~ as it is.</param>
/// <param name="keepsPaths">Whether to leave paths as written, for <c>config</c> without path resolution.</param>
/// <param name="diagnostics">Receives invalid paths; null where they were reported already.</param>
/// <param name="convertsDrives">Whether bind sources such as C:\a become /c/a (COMPOSE_CONVERT_WINDOWS_PATHS), for engines that
/// mount the host's drives that way.</param>
internal sealed class PathResolver(
    string baseDirectory, string? homeDirectory, DiagnosticBag? diagnostics = null, bool convertsDrives = false,
    bool keepsPaths = false)
{
    /// <param name="path">The path as written. An invalid path is returned unchanged, with a diagnostic.</param>
    /// <param name="at">The node that has the path, for the diagnostic.</param>
    public string Resolve(string path, YamlNode? at = null)
    {
        if (!IsUsable(path, at) || keepsPaths)
            return path;
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
            return homeDirectory is null ? path : Clean(homeDirectory, path.Substring(1).TrimStart('/', '\\'), at);
        return IsAbsolute(path) ? path : Clean(baseDirectory, path, at);
    }

    /// <summary>Whether a path is valid; adds a diagnostic if it has a NUL character.</summary>
    public bool IsUsable(string path, YamlNode? at)
    {
        var isUsable = path.IndexOf('\0') < 0;
        if (!isUsable)
            diagnostics?.Error(
                FileErrors.InvalidPath, "A path cannot hold a NUL character.", at, advice: "Remove the \"\\0\" from it.");
        return isUsable;
    }

    /// <summary>Replaces symbolic links in a path by their targets.</summary>
    public string ResolveLinks(string path, YamlNode? at = null)
    {
        if (!IsUsable(path, at) || keepsPaths)
            return path;
        if (SymbolicLinks.Resolve(path) is { } resolved)
            return resolved;
        diagnostics?.Error(
            FileErrors.TooManyLinks, $"'{path}' leads through more than {SymbolicLinks.MaxLinks} symbolic links.", at,
            advice: "Name the directory itself, or look for links that lead to one another.");
        return path;
    }

    /// <summary>Resolves the source of a bind mount.</summary>
    public string ResolveMount(string path, YamlNode? at = null)
    {
        var full = Resolve(path, at);
        return convertsDrives && DrivePath.IsOrDrive(full)
            ? "/" + char.ToLowerInvariant(full[0]) + full.Substring(2).Replace('\\', '/')
            : full;
    }

    /// <summary>Resolves a build context; a URL or a <c>service:</c> reference stays as it is.</summary>
    public string ResolveContext(string context, YamlNode? at = null) =>
        !IsUsable(context, at) || IsRemote(context) ? context : Resolve(context, at);

    public static bool IsRemote(string context) =>
        context.IndexOf("://", StringComparison.Ordinal) > 0
        || context.StartsWith("git@", StringComparison.Ordinal)
        || context.StartsWith("github.com/", StringComparison.Ordinal)
        || ServiceName.In(context) is not null;

    private static bool IsAbsolute(string path) =>
        path.StartsWith("/", StringComparison.Ordinal)
            || path.StartsWith("\\\\", StringComparison.Ordinal)
            || DrivePath.IsOrDrive(path)
            || Path.IsPathRooted(path);

    private string Clean(string directory, string path, YamlNode? at)
    {
        if (FullPath.Of(directory, path) is not { } full)
        {
            diagnostics?.Error(FileErrors.InvalidPath, $"'{path}' is not a path.", at);
            return path;
        }

        return full.Length > 1 ? full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : full;
    }
}
