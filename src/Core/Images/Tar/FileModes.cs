using Compose.Files.Reading;

namespace Compose.Images.Tar;

/// <summary>Reads a file's permission bits and link target for a tar entry.</summary>
internal static class FileModes
{
    /// <summary>
    /// The permission bits. On Windows, which has none, all files are executable, as in docker. Elsewhere .NET Framework cannot
    /// read them, and only directories are.
    /// </summary>
    public static int Of(FileSystemInfo item) => Bits(item)
        ?? (item is DirectoryInfo || Path.DirectorySeparatorChar == '\\' ? UnixMode.Executable : UnixMode.OrdinaryFile);

#if NET
    private static int? Bits(FileSystemInfo item) => OperatingSystem.IsWindows() ? null : (int)item.UnixFileMode;

    /// <summary>The target of a symbolic link; null for other files.</summary>
    public static string? LinkTarget(FileSystemInfo item) =>
        // Checking the attributes first saves a system call for files that are not links.
        (item.Attributes & FileAttributes.ReparsePoint) != 0 ? item.LinkTarget : null;
#else
    private static int? Bits(FileSystemInfo _) => null;

    /// <summary>Null, as .NET Framework cannot read a link's target: the target's content is sent instead.</summary>
    public static string? LinkTarget(FileSystemInfo _) => null;
#endif
}
