namespace Compose.Images.Tar;

/// <summary>What a tar entry says of a file's permissions and links.</summary>
internal static class FileModes
{
    private const int Executable = 0x1ED;
    private const int Plain = 0x1A4;

    /// <summary>The permission bits; Windows has none, so everything may be executed there, as docker has it.</summary>
    public static int Of(FileSystemInfo item)
    {
#if NET
        if (!OperatingSystem.IsWindows())
            return (int)item.UnixFileMode;
#endif
        return item is DirectoryInfo || Path.DirectorySeparatorChar == '\\' ? Executable : Plain;
    }

    /// <summary>What a symbolic link points to; null for anything else.</summary>
    public static string? LinkTarget(FileSystemInfo item) =>
#if NET
        // Asking for the target of what is no link costs a call of its own.
        (item.Attributes & FileAttributes.ReparsePoint) != 0 ? item.LinkTarget : null;
#else
        // .NET Framework cannot read a link's target; what it points to is sent in its place.
        _ = item is null ? throw new ArgumentNullException(nameof(item)) : (string?)null;
#endif
}
