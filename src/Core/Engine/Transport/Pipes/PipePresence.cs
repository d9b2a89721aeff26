using System.Runtime.InteropServices;

namespace Compose.Engine.Transport.Pipes;

/// <summary>
/// Tells whether a Windows pipe is there, busy or not. A list of all pipes will not do: .NET Framework cannot read one that holds
/// a name no file could have, and to open the pipe would take a place in it.
/// </summary>
#if NET
[System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
internal static class PipePresence
{
    private const int FileNotFound = 2, PathNotFound = 3;

    /// <summary>The shortest wait there is: zero means the pipe's own default.</summary>
    private const uint Milliseconds = 1;

    public static bool IsThere(string name) =>
        WaitNamedPipe(@"\\.\pipe\" + name, Milliseconds) || Marshal.GetLastWin32Error() is not (FileNotFound or PathNotFound);

    [DllImport("kernel32.dll", EntryPoint = "WaitNamedPipeW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WaitNamedPipe(string name, uint milliseconds);
}
