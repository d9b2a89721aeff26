using System.Diagnostics;
using Compose.Engine.Dto;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Events;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Frames;
using Compose.Streams.Terminal;

namespace Compose.Execute.Session;

/// <summary>Terminal sessions in containers.</summary>
internal sealed partial class ProjectSession
{
    private static readonly string[] UnixShell = ["sh", "-c", "exec $(command -v bash || command -v ash || echo sh)"];
    private static readonly string[] WindowsShell = ["cmd"];

    /// <summary>The shell a container has: bash where it is there.</summary>
    public IReadOnlyList<string> Shell => Engine.OSType == "windows" ? WindowsShell : UnixShell;

    /// <summary>
    /// Runs a command in a terminal of one container, at a terminal here. A session that was left has no exit code.
    /// </summary>
    public async Task<ComposeCommandResult> EnterAsync(
        ReplicaChoice choice, ExecRequest request, ITerminal terminal, DetachKeys keys, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var container = await ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        var (columns, rows) = terminal.Size;
        var create = ExecRun.Create(request) with
        {
            AttachStdin = true,
            DetachKeys = keys.Text,
            ConsoleSize = columns > 0 && Engine.ApiVersion.AtLeast(42) ? [rows, columns] : null,
        };
        var exec = await Engine.Containers.CreateExecAsync(container.Id, create, cancellationToken).ConfigureAwait(false);
        using var connection = await Engine.Containers.StartExecAsync(exec, true, cancellationToken).ConfigureAwait(false);
        var session = new TerminalSession(
            terminal, keys, (wide, high, stop) => Engine.Containers.ResizeExecAsync(exec, wide, high, stop));
        var isLeft = await session.RunAsync(connection, container.Container, cancellationToken).ConfigureAwait(false);
        var end = isLeft ? null : await ExecRun.EndAsync(Engine, exec, cancellationToken).ConfigureAwait(false);
        if (ExecRun.IsNeverStarted(Engine, end))
        {
            throw ReferenceEquals(request.Command, Shell)
                ? StreamErrors.NoShell.Exception($"{container.Container} has no shell.", container.Container)
                : StreamErrors.CommandNotStarted.Exception(
                    $"'{string.Join(" ", request.Command)}' could not be started in {container.Container}.", container.Container);
        }

        return Result(container, request.Command) with { ExitCode = end?.ExitCode, Duration = clock.Elapsed };
    }

    /// <summary>What there is to attach to: a container that runs, whether it has a terminal, and whether it reads.</summary>
    public async Task<AttachTarget> FindAttachableAsync(ReplicaChoice choice, CancellationToken cancellationToken)
    {
        var container = await ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        var config = (await Engine.Containers.InspectAsync(container.Id, cancellationToken).ConfigureAwait(false)).Config;
        return new AttachTarget(container, config.Tty, config.OpenStdin, config.StdinOnce);
    }

    /// <summary>Joins a terminal here to a container's own; over when the container ends, or is left.</summary>
    public async Task<ComposeCommandResult> AttachAsync(
        AttachTarget target, ITerminal terminal, DetachKeys keys, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var id = target.Container.Id;
        var code = await AttachedAsync(target, true, keys.Text, async (connection, exit) =>
        {
            var (columns, rows) = terminal.Size;
            // A program draws its screen again only when the size changes.
            if (columns > 0)
                await Engine.Containers.ResizeAsync(id, columns + 1, rows + 1, cancellationToken).ConfigureAwait(false);
            var session = new TerminalSession(
                terminal, keys, (wide, high, stop) => Engine.Containers.ResizeAsync(id, wide, high, stop));
            var isLeft = await session.RunAsync(connection, target.Container.Container, cancellationToken).ConfigureAwait(false);
            return isLeft ? (int?)null : (await exit.ConfigureAwait(false)).StatusCode;
        }, cancellationToken).ConfigureAwait(false);
        return Result(target.Container, []) with { ExitCode = code, Duration = clock.Elapsed };
    }

    /// <summary>Follows what a container writes from now on, and feeds it what there is; over when it ends.</summary>
    public async Task<ComposeCommandResult> AttachAsync(
        AttachTarget target, StandardInput? input, IEventSink sink, CancellationToken cancellationToken)
    {
        var (container, reads) = (target.Container, input is not null && target.ReadsInput);
        if (input is not null)
            input.Closes = target.ReadsOnce;
        var capture = new OutputCapture { Lines = true };
        var result = await CapturedAsync(container, [], capture, sink, FollowAsync).ConfigureAwait(false);
        if (result.ExitCode is { } code)
        {
            var end = ComposeLogEntry.Exit(container, code, Now);
            await sink.EmitAsync(new ResultEvent(end), cancellationToken).ConfigureAwait(false);
        }

        return result;

        Task<int?> FollowAsync(CommandOutput output) => AttachedAsync(target, reads, null, async (connection, exit) =>
        {
            var given = reads ? input : null;
            await StreamCopy.RunAsync(
                connection, target.Tty, container.Container, given, output, cancellationToken).ConfigureAwait(false);
            return (await exit.ConfigureAwait(false)).StatusCode;
        }, cancellationToken);
    }

    /// <summary>
    /// Attaches, and waits for the container's end as long as the work goes on, so that no end is missed and no wait is left.
    /// </summary>
    private async Task<int?> AttachedAsync(
        AttachTarget target, bool input, string? keys, Func<HijackedConnection, Task<WaitResponse>, Task<int?>> work,
        CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var exit = await Engine.Containers.WaitAsync(target.Container.Id, "next-exit", over.Token).ConfigureAwait(false);
            using var connection = await Engine.Containers.AttachAsync(target.Container.Id, input, keys, cancellationToken)
                .ConfigureAwait(false);
            return await work(connection, exit).ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
        }
    }

    /// <summary>Sends a signal without waiting for what comes of it: whoever sends it is leaving.</summary>
    public Task SignalLater(ComposeContainer container, string signal) =>
        InBackground((engine, cancellationToken) => engine.Containers.KillAsync(container.Id, signal, cancellationToken));

    internal static ComposeCommandResult Result(ComposeContainer container, IReadOnlyList<string> command) => new()
    {
        EngineHost =
            container.EngineHost, ProjectName =
                container.ProjectName, Service =
                    container.Service, Container = container.Container, Replica = container.Replica, Command = command,
    };
}

/// <summary>A container to attach to.</summary>
/// <param name="Container">The container.</param>
/// <param name="Tty">Whether it has a terminal.</param>
/// <param name="ReadsInput">Whether its standard input is open.</param>
/// <param name="ReadsOnce">Whether its input ends with whoever is attached first.</param>
internal sealed record AttachTarget(ComposeContainer Container, bool Tty, bool ReadsInput, bool ReadsOnce);
