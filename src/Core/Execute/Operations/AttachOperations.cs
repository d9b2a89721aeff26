using System.Diagnostics;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Events;
using Compose.Execute.Session;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Frames;
using Compose.Streams.Terminal;

namespace Compose.Execute.Operations;

/// <summary>Attaches to the main process of running containers.</summary>
internal sealed class AttachOperations(ProjectSession session)
{
    /// <summary>Finds the running container to attach to, and whether it has a terminal and reads input.</summary>
    public async Task<AttachTarget> FindAsync(ReplicaChoice choice, CancellationToken cancellationToken)
    {
        var container = await session.Containers.ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        var found = await session.Engine.Containers.InspectAsync(container.Id, cancellationToken).ConfigureAwait(false);
        return new AttachTarget(container, found.Config.Tty, found.Config.OpenStdin, found.Config.StdinOnce);
    }

    /// <summary>Connects a local terminal to the container's terminal until the container ends or the user detaches.</summary>
    public async Task<ComposeCommandResult> InteractAsync(
        AttachTarget target, ITerminal terminal, DetachKeys keys, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var id = target.Container.Id;
        var containers = session.Engine.Containers;
        var code = await AttachedAsync(target, true, keys.Text, async (connection, exit) =>
        {
            var (columns, rows) = terminal.Size;
            // A program redraws its screen only when the size changes.
            if (columns > 0)
                await containers.ResizeAsync(id, columns + 1, rows + 1, cancellationToken).ConfigureAwait(false);
            var joined = new TerminalSession(terminal, keys, (wide, high, stop) => containers.ResizeAsync(id, wide, high, stop));
            var isDetached = await joined.RunAsync(connection, target.Container.Container, cancellationToken)
                .ConfigureAwait(false);
            return isDetached ? (int?)null : (await exit.ConfigureAwait(false)).StatusCode;
        }, cancellationToken).ConfigureAwait(false);
        return ExecOperations.Result(target.Container, []) with { ExitCode = code, Duration = clock.Elapsed };
    }

    /// <summary>Emits what the container writes from now on, and sends it the input, until the container ends.</summary>
    public async Task<ComposeCommandResult> FollowAsync(
        AttachTarget target, StandardInput? input, IEventSink sink, CancellationToken cancellationToken)
    {
        var (container, reads) = (target.Container, input is not null && target.ReadsInput);
        if (input is not null)
            input.Closes = target.ReadsOnce;
        var capture = new OutputCapture { Lines = true };
        var result = await session.Exec.CapturedAsync(container, [], capture, sink, CopyAsync).ConfigureAwait(false);
        if (result.ExitCode is { } code)
        {
            var end = ComposeLogEntry.Exit(container, code, session.Now);
            await sink.EmitAsync(new ResultEvent(end), cancellationToken).ConfigureAwait(false);
        }

        return result;

        Task<int?> CopyAsync(CommandOutput output) => AttachedAsync(target, reads, null, async (connection, exit) =>
        {
            var given = reads ? input : null;
            await StreamCopy.RunAsync(
                connection, target.Tty, container.Container, given, output, cancellationToken).ConfigureAwait(false);
            return (await exit.ConfigureAwait(false)).StatusCode;
        }, cancellationToken);
    }

    /// <summary>Sends a signal without waiting for its effect, because the caller is about to exit.</summary>
    public Task SignalLater(ComposeContainer container, string signal) =>
        BackgroundRequest.SendAsync(
            session.Engine.Endpoint,
            (engine, cancellationToken) => engine.Containers.KillAsync(container.Id, signal, cancellationToken));

    /// <summary>
    /// Starts to wait for the container's end, then attaches: an end right after attaching is not missed. The wait is cancelled
    /// when the work is done.
    /// </summary>
    private async Task<int?> AttachedAsync(
        AttachTarget target, bool input, string? keys, Func<HijackedConnection, Task<WaitResponse>, Task<int?>> work,
        CancellationToken cancellationToken)
    {
        var (containers, id) = (session.Engine.Containers, target.Container.Id);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var exit = await containers.WaitAsync(id, "next-exit", over.Token).ConfigureAwait(false);
            using var connection = await containers.AttachAsync(id, input, keys, cancellationToken).ConfigureAwait(false);
            return await work(connection, exit).ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
        }
    }
}

/// <summary>A container to attach to.</summary>
/// <param name="Container">The container.</param>
/// <param name="Tty">Whether it has a terminal.</param>
/// <param name="ReadsInput">Whether its standard input is open.</param>
/// <param name="ReadsOnce">Whether its input closes when the first attached client disconnects.</param>
internal sealed record AttachTarget(ComposeContainer Container, bool Tty, bool ReadsInput, bool ReadsOnce);
