using System.Diagnostics;

namespace Compose.Images;

/// <summary>A program at work for us.</summary>
internal static class ChildProgram
{
    /// <summary>Kills a program and, where the platform can, what it started; false where it has ended by itself meanwhile.</summary>
    public static bool Kill(Process process)
    {
        try
        {
#if NET
            process.Kill(entireProcessTree: true);
#else
            process.Kill();
#endif
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            return false;
        }
    }

    /// <summary>Gives a program its input and closes it; false where it ended without reading all of it: its exit code tells why.</summary>
    public static async Task<bool> WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input).ConfigureAwait(false);
            process.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
