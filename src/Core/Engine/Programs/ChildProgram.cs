using System.Diagnostics;

namespace Compose.Engine.Programs;

/// <summary>Starts, feeds, awaits and kills child processes.</summary>
internal static class ChildProgram
{
    /// <summary>
    /// Starts a program by its absolute path from PATH with redirected input and output; null when PATH has no such program.
    /// Given a bare name, .NET would search the current directory first. Uses this process's own PATH: one that a project's .env
    /// sets must not choose programs.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program exists but cannot be started.</exception>
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
    /// Kills a program and, on .NET, its child processes; false when it could not be killed, for instance because it has exited.
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
    /// Waits for a program to exit without blocking a thread, and returns its exit code. A program may run on after it has closed
    /// its streams.
    /// </summary>
    public static async Task<int> ExitAsync(Process process, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        process.EnableRaisingEvents = true;
        // It may have exited before the event handler was added.
        if (process.HasExited)
            ended.TrySetResult(true);
        using (cancellationToken.Register(() => ended.TrySetCanceled(cancellationToken)))
            await ended.Task.ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>
    /// Writes a program's standard input and closes it; false when the program exited before it had read everything.
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
