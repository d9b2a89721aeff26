namespace Compose.Images.Tar;

/// <summary>Reads a file's permission bits and link target for a tar entry.</summary>
internal static class FileModes
{
    private const int Executable = 0x1ED;
    private const int Plain = 0x1A4;

    /// <summary>The permission bits. On Windows, which has none, all files are executable, as in docker.</summary>
    public static int Of(FileSystemInfo item)
    {
#if NET
        if (!OperatingSystem.IsWindows())
            return (int)item.UnixFileMode;
#endif
        return item is DirectoryInfo || Path.DirectorySeparatorChar == '\\' ? Executable : Plain;
    }

    /// <summary>The target of a symbolic link; null for other files.</summary>
    public static string? LinkTarget(FileSystemInfo item) =>
#if NET
        // Checking the attributes first saves a system call for files that are not links.
        (item.Attributes & FileAttributes.ReparsePoint) != 0 ? item.LinkTarget : null;
#else
        // .NET Framework cannot read a link's target; the target's content is sent instead.
        _ = item is null ? throw new ArgumentNullException(nameof(item)) : (string?)null;
#endif
}
