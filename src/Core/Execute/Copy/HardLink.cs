using System.Runtime.InteropServices;
using Compose.Files.Reading;

namespace Compose.Execute.Copy;

/// <summary>Creates hard links, for which .NET has no method.</summary>
internal static class HardLink
{
    /// <summary>False if the file system does not support or allow it.</summary>
    public static bool TryCreate(string file, string name)
    {
        try
        {
            return Path.DirectorySeparatorChar == '\\'
                ? CreateHardLink(name, file, IntPtr.Zero)
                : Link(FileStatus.CString(file), FileStatus.CString(name)) == 0;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] file, byte[] name);

    [DllImport("kernel32.dll", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string name, string file, IntPtr security);
}
