using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Compose.Engine.Transport.Pipes;

/// <summary>
/// Writes an empty message to a Windows pipe, which an engine reads as the end of the input. .NET's own streams skip empty
/// writes.
/// </summary>
#if NET
[System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
internal static class EmptyPipeMessage
{
    private const int IoPending = 997;

    public static void Write(SafePipeHandle pipe)
    {
        using var done = new ManualResetEvent(false);
        // The low bit of the event handle keeps the completion off .NET's completion port, which does not know this write.
        var overlapped = new NativeOverlapped
        {
            EventHandle = new IntPtr(done.SafeWaitHandle.DangerousGetHandle().ToInt64() | 1),
        };
        var memory = Marshal.AllocHGlobal(Marshal.SizeOf<NativeOverlapped>());
        try
        {
            Marshal.StructureToPtr(overlapped, memory, fDeleteOld: false);
            if (!WriteFile(pipe, IntPtr.Zero, 0, IntPtr.Zero, memory)
                && Marshal.GetLastWin32Error() is var error
                && error != IoPending)
                throw new IOException("The end of the input could not be sent.", new Win32Exception(error));
            if (!GetOverlappedResult(pipe, memory, out _, wait: true))
                throw new IOException("The end of the input could not be sent.", new Win32Exception(Marshal.GetLastWin32Error()));
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WriteFile(SafePipeHandle file, IntPtr buffer, int count, IntPtr written, IntPtr overlapped);

    [DllImport("kernel32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetOverlappedResult(
        SafePipeHandle file, IntPtr overlapped, out int transferred, [MarshalAs(UnmanagedType.Bool)] bool wait);
}
