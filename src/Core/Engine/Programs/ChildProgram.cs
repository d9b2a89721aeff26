using System.Diagnostics;

namespace Compose.Engine.Programs;

/// <summary>A program at work for us.</summary>
internal static class ChildProgram
{
    /// <summary>
    /// Starts a program by its absolute path from PATH, its standard streams joined to us; null where PATH has no such program. Given a bare
    /// name, .NET would search the current directory first. The PATH that counts is this process's own: one that a project's .env sets must
    /// not choose programs.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It is there and cannot be started.</exception>
    public static Process? Start(ProcessStartInfo start)
    {
        var variables = new ProcessStartInfo().Environment;
        if (ProgramPath.Of(variables).Find(start.FileName) is not { } program)
            return null;
        start.FileName = program;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.UseShellExecute, start.CreateNoWindow) = (true, true, false, true);
        return Process.Start(start);
    }

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
