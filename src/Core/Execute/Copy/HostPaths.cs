using Compose.Errors;
using Compose.Files.Reading;
using Compose.Images.Tar;

namespace Compose.Execute.Copy;

/// <summary>Examines the local paths of a copy.</summary>
internal static class HostPaths
{
    private const int MaxLinks = 40;
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>The source of a copy into a container, with its real path.</summary>
    /// <param name="path">An absolute path. A slash or /. at its end means that it is a directory.</param>
    /// <param name="followLink">Whether to follow a link; the copy keeps the link's name.</param>
    /// <exception cref="ComposeException">CopySourceNotFound, CopyNotADirectory.</exception>
    public static (CopySource Source, FileSystemInfo Item) Source(string path, bool followLink)
    {
        var full = FullPath.Of("", path) ?? throw CopyErrors.NoSource.Exception($"'{path}' is not a path.", path);
        var item = Item(Trim(full)) ?? throw CopyErrors.NoSource.Exception($"There is no file or directory '{path}'.", path);
        if (followLink || AssertsDirectory(path))
            item = (SymbolicLinks.Resolve(Trim(full)) is { } real ? Item(real) : null)
                ?? throw CopyErrors.NoSource.Exception($"'{path}' is a link to what does not exist.", path);
        var directory = IsDirectory(item);
        if (AssertsDirectory(path) && !directory)
            throw CopyErrors.NotADirectory.Exception($"'{path}' is not a directory.", path);
        var name = EndsWithDot(path) || Path.GetFileName(Trim(full)) is not { Length: > 0 } last ? "." : last;
        return (new CopySource(path, name, name, directory), item);
    }

    /// <summary>The destination of a copy out of a container.</summary>
    /// <exception cref="ComposeException">CopyDestinationNotFound, CopyDestinationSpecial.</exception>
    public static CopyTarget Target(string path)
    {
        var full = Trim(FullPath.Of("", path) ?? throw CopyErrors.NoDestination.Exception($"'{path}' is not a path.", path));
        var item = Item(full);
        for (var links = 0; item is not null && FileModes.LinkTarget(item) is { } link && links < MaxLinks; links++)
        {
            full = Trim(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(full) ?? full, link)));
            item = Item(full);
        }

        if (item is not null && FileStatus.Of(full).IsSpecial)
            throw CopyErrors.SpecialDestination.Exception($"'{path}' is a device, a pipe or a socket.", path);
        var directory = Path.GetDirectoryName(full) is { Length: > 0 } parent ? parent : full;
        if (item is null && !Directory.Exists(directory))
            throw CopyErrors.NoDestination.Exception($"There is no directory '{directory}' to copy into.", path);
        return new CopyTarget
        {
            Path =
                path, Full =
                    full, Directory = directory, Name = Path.GetFileName(full), AssertsDirectory = AssertsDirectory(path),
            Exists = item is not null, IsDirectory = item is not null && IsDirectory(item),
        };
    }

    /// <summary>The file, directory or link at a path; null if there is none.</summary>
    public static FileSystemInfo? Item(string path)
    {
        FileSystemInfo file = new FileInfo(path);
        if (file.Exists || FileModes.LinkTarget(file) is not null)
            return file;
        var directory = new DirectoryInfo(path);
        return directory.Exists ? directory : null;
    }

    public static bool IsLink(FileSystemInfo item) =>
        FileModes.LinkTarget(item) is not null || (item.Attributes & FileAttributes.ReparsePoint) != 0;

    private static bool IsDirectory(FileSystemInfo item) => item is DirectoryInfo && FileModes.LinkTarget(item) is null;

    private static bool AssertsDirectory(string path) =>
        path.Length > 1 && (Separators.Contains(path[path.Length - 1]) || EndsWithDot(path));

    private static bool EndsWithDot(string path) =>
        path.Length > 1 && path[path.Length - 1] == '.' && Separators.Contains(path[path.Length - 2]);

    private static string Trim(string full) =>
        full.Length > (Path.GetPathRoot(full)?.Length ?? 0) ? full.TrimEnd(Separators) : full;
}
