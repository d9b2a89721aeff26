using System.Runtime.InteropServices;

namespace Compose.Engine.Transport.Pipes;

/// <summary>
/// Checks whether a Windows pipe exists, busy or not. Listing all pipes fails on .NET Framework when a pipe has a name that is
/// invalid for a file, and opening the pipe would occupy one of its instances.
/// </summary>
#if NET
[System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
internal static class PipePresence
{
    private const int FileNotFound = 2, PathNotFound = 3;

    /// <summary>The shortest possible wait; zero means the pipe's default.</summary>
    private const uint Milliseconds = 1;

    public static bool Exists(string name) =>
        WaitNamedPipe(@"\\.\pipe\" + name, Milliseconds) || Marshal.GetLastWin32Error() is not (FileNotFound or PathNotFound);

    [DllImport("kernel32.dll", EntryPoint = "WaitNamedPipeW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WaitNamedPipe(string name, uint milliseconds);
}
