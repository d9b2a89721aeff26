using System.Runtime.InteropServices;
using System.Text;

namespace Compose.Files.Reading;

/// <summary>The parts of a file's status that .NET does not offer.</summary>
/// <param name="Uid">The owner's user id.</param>
/// <param name="Gid">The owner's group id.</param>
/// <param name="IsSpecial">Whether it is a device, a pipe or a socket.</param>
/// <param name="Node">Identifies a file with several hard links, on Linux; null for a file with one name.</param>
/// <param name="IsPipe">Whether it is a named pipe.</param>
internal readonly record struct FileStatus(
    long Uid,
    long Gid,
    bool IsSpecial,
    (ulong Device, ulong Inode)? Node = null,
    bool IsPipe = false)
{
    private const int Pipe = 0x1000;
    private const int Directory = 0x4000;
    private const int File = 0x8000;
    private const int Link = 0xA000;
    private const int Kind = 0xF000;
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStatus = 0x7FF;

    /// <summary>
    /// The status of a file, or of a symbolic link itself. On Windows always the default: as in docker, files belong to root.
    /// </summary>
    public static FileStatus Of(string path) => Of(path, follow: false);

    /// <summary>The status of a file, or of the target of a symbolic link.</summary>
    public static FileStatus OfTarget(string path) => Of(path, follow: true);

    private static FileStatus Of(string path, bool follow)
    {
        try
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? Linux(path, follow)
                : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? Mac(path, follow)
                : default;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // A C library without statx: files are treated as root's.
            return default;
        }
    }

    /// <summary>
    /// Reads struct statx, the same on every architecture: nlink, uid, gid and mode at 16, 20, 24 and 28, inode at 32, device at
    /// 136.
    /// </summary>
    private static FileStatus Linux(string path, bool follow)
    {
        var status = new byte[256];
        return Statx(CurrentDirectory, CString(path), follow ? 0 : NoFollow, BasicStatus, status) == 0
            ? Of(BitConverter.ToUInt32(status, 20), BitConverter.ToUInt32(status, 24), BitConverter.ToUInt16(status, 28)) with
            {
                Node = BitConverter.ToUInt32(status, 16) > 1
                    ? (BitConverter.ToUInt64(status, 136), BitConverter.ToUInt64(status, 32))
                    : null,
            }
            : default;
    }

    /// <summary>Reads struct stat with 64-bit inodes: mode, uid and gid at 4, 16 and 20.</summary>
    private static FileStatus Mac(string path, bool follow)
    {
        var status = new byte[512];
        var failed = (RuntimeInformation.ProcessArchitecture == Architecture.X64, follow) switch
        {
            (true, true) => StatInode64(CString(path), status),
            (true, false) => LstatInode64(CString(path), status),
            (false, true) => Stat(CString(path), status),
            (false, false) => Lstat(CString(path), status),
        };
        return failed == 0
            ? Of(BitConverter.ToUInt32(status, 16), BitConverter.ToUInt32(status, 20), BitConverter.ToUInt16(status, 4))
            : default;
    }

    private static FileStatus Of(long uid, long gid, int mode)
    {
        var kind = mode & Kind;
        return new FileStatus(uid, gid, IsSpecial: kind is not (File or Directory or Link), IsPipe: kind == Pipe);
    }

    /// <summary>A null-terminated UTF-8 string.</summary>
    public static byte[] CString(string text) => Encoding.UTF8.GetBytes(text + "\0");

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "stat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, byte[] status);

    [DllImport("libc", EntryPoint = "stat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatInode64(byte[] path, byte[] status);

    [DllImport("libc", EntryPoint = "lstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lstat(byte[] path, byte[] status);

    [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LstatInode64(byte[] path, byte[] status);
}
