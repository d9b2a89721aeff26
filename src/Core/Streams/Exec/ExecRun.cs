using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Streams.Frames;

namespace Compose.Streams.Exec;

/// <summary>Runs a command in a running container: POST /containers/{id}/exec, then /exec/{id}/start.</summary>
internal static class ExecRun
{
    private const string PodmanRefusal = "OCI runtime attempted to invoke a command";
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs the command and returns how it ended; null for a command left in the background.</summary>
    public static async Task<ExecInspect?> RunAsync(
        EngineClient engine, string container, string subject, ExecRequest request, CommandOutput output,
        CancellationToken cancellationToken)
    {
        var exec = await engine.Containers.CreateExecAsync(container, Create(request), cancellationToken).ConfigureAwait(false);
        if (request.Detach)
        {
            await DetachedAsync(engine, exec, subject, request, cancellationToken).ConfigureAwait(false);
            return null;
        }

        using var connection = await engine.Containers.StartExecAsync(exec, request.Tty, cancellationToken).ConfigureAwait(false);
        await StreamCopy.RunAsync(
            connection, request.Tty, subject, request.Input, output, cancellationToken,
            interrupts: request.Tty).ConfigureAwait(false);
        return await EndAsync(engine, exec, cancellationToken).ConfigureAwait(false);
    }

    private static async Task DetachedAsync(
        EngineClient engine, string exec, string subject, ExecRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Containers.StartExecDetachedAsync(exec, request.Tty, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status is 400 or 404 || (engine.IsPodman && exception.Status == 500))
        {
            throw StreamErrors.CommandNotStarted.Exception(
                $"'{string.Join(" ", request.Command)}' could not be started in {subject}: {exception.Info.Message}", subject,
                inner: exception);
        }
    }

    public static ExecCreateRequest Create(ExecRequest request) => new()
    {
        Cmd = request.Command,
        Env = request.Environment.Count > 0 ? request.Environment : null,
        User = request.User,
        WorkingDir = request.WorkingDirectory,
        Privileged = request.Privileged,
        Tty = request.Tty,
        // With a terminal, Ctrl+C can be sent.
        AttachStdin = (request.Input is not null || request.Tty) && !request.Detach,
        AttachStdout = !request.Detach,
        AttachStderr = !request.Detach,
    };

    /// <summary>
    /// Whether an exec ended without running: it has no process id. Podman removes the id of every exec that ended, but says so
    /// in the output.
    /// </summary>
    public static bool IsNeverStarted(EngineClient engine, ExecInspect? end, CommandOutput? output = null) => engine.IsPodman
        ? end is { ExitCode: 126 or 127 } && (output?.Beginning + output?.ErrorBeginning).Contains(PodmanRefusal)
        : end is { Pid: 0 };

    /// <summary>
    /// How an exec ended. A process may close its streams before it ends, and no request waits for its end, so it is inspected
    /// repeatedly.
    /// </summary>
    public static async Task<ExecInspect> EndAsync(EngineClient engine, string exec, CancellationToken cancellationToken)
    {
        for (var pause = FirstPoll; ; pause = pause < LongestPause ? pause + pause : pause)
        {
            var look = await engine.Containers.InspectExecAsync(exec, cancellationToken).ConfigureAwait(false);
            if (!look.Running)
                return look;
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
