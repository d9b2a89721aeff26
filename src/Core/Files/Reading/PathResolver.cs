using Compose.Errors;
using Compose.Files.Canonical;
using Compose.Files.Checks;
using Compose.Yaml;

namespace Compose.Files.Reading;

/// <summary>Makes the paths of a file absolute: relative to its project directory, ~ to the home directory.</summary>
/// <param name="baseDirectory">The base of relative paths.</param>
/// <param name="homeDirectory">What ~ stands for, or null.</param>
/// <param name="keeps">Whether paths stay as they are written.</param>
/// <param name="diagnostics">Takes what is wrong with a path; null: it was told already.</param>
/// <param name="convertsDrives">Whether mounts of C:\a become /c/a, for engines that know the host's drives so
/// (COMPOSE_CONVERT_WINDOWS_PATHS).</param>
internal sealed class PathResolver(
    string baseDirectory, string? homeDirectory, DiagnosticBag? diagnostics = null, bool convertsDrives = false,
    bool keeps = false)
{
    /// <param name="path">The path as it is written. One that no file can have stays as it is, with a diagnostic.</param>
    /// <param name="at">Where it is written.</param>
    public string Resolve(string path, YamlNode? at = null)
    {
        if (!IsUsable(path, at) || keeps)
            return path;
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
            return homeDirectory is null ? path : Clean(homeDirectory, path.Substring(1).TrimStart('/', '\\'), at);
        return IsAbsolute(path) ? path : Clean(baseDirectory, path, at);
    }

    /// <summary>Whether a file can have such a path; a diagnostic tells where it cannot.</summary>
    public bool IsUsable(string path, YamlNode? at)
    {
        var isUsable = path.IndexOf('\0') < 0;
        if (!isUsable)
            diagnostics?.Error(
                FileErrors.InvalidPath, "A path cannot hold a NUL character.", at, advice: "Remove the \"\\0\" from it.");
        return isUsable;
    }

    /// <summary>A path as it is behind symbolic links.</summary>
    public string ResolveLinks(string path, YamlNode? at = null)
    {
        if (!IsUsable(path, at) || keeps)
            return path;
        if (SymbolicLinks.Resolve(path) is { } resolved)
            return resolved;
        diagnostics?.Error(
            FileErrors.TooManyLinks, $"'{path}' leads through more than {SymbolicLinks.MaxLinks} symbolic links.", at,
            advice: "Name the directory itself, or look for links that lead to one another.");
        return path;
    }

    /// <summary>The source of a bind mount.</summary>
    public string ResolveMount(string path, YamlNode? at = null)
    {
        var full = Resolve(path, at);
        return convertsDrives && DrivePath.IsOrDrive(full)
            ? "/" + char.ToLowerInvariant(full[0]) + full.Substring(2).Replace('\\', '/')
            : full;
    }

    /// <summary>A build context: a URL, a service or a named context stays as it is.</summary>
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
