using System.Diagnostics;

namespace Compose.Engine.Programs;

/// <summary>A program at work for us.</summary>
internal static class ChildProgram
{
    /// <summary>
    /// Starts a program by its absolute path from PATH, its standard streams joined to us; null where PATH has no such program.
    /// Given a bare name, .NET would search the current directory first. The PATH that counts is this process's own: one that a
    /// project's .env sets must not choose programs.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It is there and cannot be started.</exception>
    public static Process? Start(ProcessStartInfo start)
    {
        var variables = new ProcessStartInfo().Environment;
        if (ProgramPath.Of(variables).Find(start.FileName) is not { } program)
            return null;
        start.FileName = program;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        return Process.Start(start);
    }

    /// <summary>
    /// Kills a program and, where the platform can, what it started; false where it has ended by itself meanwhile.
    /// </summary>
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
        catch (Exception exception) when (
            exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits for a program's end without holding a thread, and returns its exit code. One that has closed its streams may live
    /// on.
    /// </summary>
    public static async Task<int> ExitAsync(Process process, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        process.EnableRaisingEvents = true;
        // It may have ended before anybody listened.
        if (process.HasExited)
            ended.TrySetResult(true);
        using (cancellationToken.Register(() => ended.TrySetCanceled(cancellationToken)))
            await ended.Task.ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>
    /// Gives a program its input and closes it; false where it ended without reading all of it: its exit code tells why.
    /// </summary>
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
