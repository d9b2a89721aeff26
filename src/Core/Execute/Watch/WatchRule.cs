using Compose.Images.Build;
using Compose.Model;

namespace Compose.Execute.Watch;

/// <summary>One entry of develop.watch: which files it is about, and what they are in the container.</summary>
internal sealed class WatchRule
{
    /// <summary>Never anybody's source: git's own files, and what editors leave beside a file while it is saved.</summary>
    private static readonly DockerIgnore Temporary = new(string.Join("\n",
        "**/.git", "**/*___jb_old___", "**/*___jb_tmp___", "**/.idea", "**/.#*", @"**/\#*#", "**/4913", "**/*~", "**/.*.swp",
        "**/.*.swx", "**/.*.swo", "**/.*.swn",
        "**/.*.kate-swp", "**/*-go-tmp-umask"));

    private readonly string _context;
    private readonly DockerIgnore _contextIgnore;
    private readonly DockerIgnore _ignore;
    private readonly DockerIgnore? _include;

    /// <param name="service">The service's name.</param>
    /// <param name="definition">The entry.</param>
    /// <param name="context">The build's context, which .dockerignore is about; empty without one.</param>
    /// <param name="contextIgnore">The text of .dockerignore.</param>
    public WatchRule(string service, WatchDefinition definition, string context, string contextIgnore)
    {
        (Service, Definition, _context, _contextIgnore) = (service, definition, context, new DockerIgnore(contextIgnore));
        _ignore = new DockerIgnore(string.Join("\n", definition.Ignore));
        _include = definition.Include.Count == 0 ? null : new DockerIgnore(string.Join("\n", definition.Include));
    }

    public string Service { get; }
    public WatchDefinition Definition { get; }

    /// <summary>Whether a bind mount already provides the files: then nothing is copied, and only the command runs.</summary>
    public bool IsMounted { get; init; }

    public bool Syncs => !IsMounted && Definition.Action.StartsWith("sync", StringComparison.Ordinal);

    /// <summary>Whether the rule applies to a changed or deleted file.</summary>
    public bool Matches(string path) =>
        Relative(Definition.Path, path) is { } relative
            && _include?.Ignores(Named(relative)) != false
            && !IsIgnored(path, Named(relative));

    /// <summary>Whether the rule cannot apply to anything in a directory.</summary>
    public bool Prunes(string directory) => Relative(Definition.Path, directory) is { } relative
        ? !_contextIgnore.HasExceptions && !_ignore.HasExceptions && relative.Length > 0 && IsIgnored(directory, relative)
        : Relative(directory, Definition.Path) is null;

    /// <summary>A file's path in the container.</summary>
    public string ContainerPath(string path) =>
        Copy.ContainerPaths.Clean(
            Relative(Definition.Path, path) is { Length: > 0 } relative
                ? Definition.Target + "/" + relative
                : Definition.Target!.TrimEnd('/'));

    /// <summary>
    /// A path relative to a directory, with forward slashes; empty for the directory itself; null if it is not below it.
    /// </summary>
    public static string? Relative(string directory, string path)
    {
        var comparison = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var root = directory.TrimEnd(Path.DirectorySeparatorChar);
        if (path.TrimEnd(Path.DirectorySeparatorChar).Equals(root, comparison))
            return "";
        return path.StartsWith(root + Path.DirectorySeparatorChar, comparison)
            ? path.Substring(root.Length + 1).Replace('\\', '/')
            : null;
    }

    /// <summary>A watched file is matched by its name.</summary>
    private string Named(string relative) => relative.Length > 0 ? relative : Path.GetFileName(Definition.Path);

    private bool IsIgnored(string path, string relative) =>
        Temporary.Ignores(relative) || _ignore.Ignores(relative)
        || (_context.Length > 0 && Relative(_context, path) is { Length: > 0 } inContext && _contextIgnore.Ignores(inContext));
}
