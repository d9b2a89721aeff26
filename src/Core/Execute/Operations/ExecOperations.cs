using System.Diagnostics;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Logs;
using Compose.Streams.Terminal;

namespace Compose.Execute.Operations;

/// <summary>Runs commands in running containers, with or without a terminal.</summary>
internal sealed class ExecOperations(ProjectSession session)
{
    /// <summary>The API version, 1.42, since which an exec is created with the size of its terminal.</summary>
    private const int ConsoleSizeSince = 42;
    private static readonly string[] UnixShell = ["sh", "-c", "exec $(command -v bash || command -v ash || echo sh)"];
    private static readonly string[] WindowsShell = ["cmd"];

    /// <summary>The command that starts a container's shell: bash if the container has it.</summary>
    public IReadOnlyList<string> Shell => session.Engine.OSType == "windows" ? WindowsShell : UnixShell;

    /// <summary>Runs a command in one container of a service.</summary>
    /// <param name="choice">Which container.</param>
    /// <param name="request">The command.</param>
    /// <param name="capture">Where its output goes.</param>
    /// <param name="sink">Receives the output lines if <paramref name="capture"/> asks for lines.</param>
    /// <param name="cancellationToken">Closes the connection. The command itself continues: the engine cannot end it.</param>
    /// <exception cref="ComposeException">If the connection to the engine is lost, the target is the result so far.</exception>
    public async Task<ComposeCommandResult> RunAsync(
        ReplicaChoice choice, ExecRequest request, OutputCapture capture, IEventSink sink, CancellationToken cancellationToken)
    {
        var container = await session.Containers.ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        return await CapturedAsync(container, request.Command, capture, sink,
            async output =>
            {
                var end = await ExecRun.RunAsync(
                    session.Engine, container.Id, container.Container, request, output, cancellationToken).ConfigureAwait(false);
                if (!ExecRun.IsNeverStarted(session.Engine, end, output))
                    return end?.ExitCode;
                var said = (output.Beginning + output.ErrorBeginning).Trim();
                throw StreamErrors.CommandNotStarted.Exception(
                    $"'{string.Join(" ", request.Command)}' could not be started in {container.Container}: {said}",
                    container.Container);
            }).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a command in a terminal of one container, connected to a local terminal. There is no exit code if the user detached.
    /// </summary>
    public async Task<ComposeCommandResult> EnterAsync(
        ReplicaChoice choice, ExecRequest request, ITerminal terminal, DetachKeys keys, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var engine = session.Engine;
        var container = await session.Containers.ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        var (columns, rows) = terminal.Size;
        var create = ExecRun.Create(request) with
        {
            AttachStdin = true,
            DetachKeys = keys.Text,
            ConsoleSize = columns > 0 && engine.ApiVersion.AtLeast(ConsoleSizeSince) ? [rows, columns] : null,
        };
        var exec = await engine.Containers.CreateExecAsync(container.Id, create, cancellationToken).ConfigureAwait(false);
        using var connection = await engine.Containers.StartExecAsync(exec, true, cancellationToken).ConfigureAwait(false);
        var joined = new TerminalSession(
            terminal, keys, (wide, high, stop) => engine.Containers.ResizeExecAsync(exec, wide, high, stop));
        var isDetached = await joined.RunAsync(connection, container.Container, cancellationToken).ConfigureAwait(false);
        var end = isDetached ? null : await ExecRun.EndAsync(engine, exec, cancellationToken).ConfigureAwait(false);
        if (ExecRun.IsNeverStarted(engine, end))
        {
            throw ReferenceEquals(request.Command, Shell)
                ? StreamErrors.NoShell.Exception($"{container.Container} has no shell.", container.Container)
                : StreamErrors.CommandNotStarted.Exception(
                    $"'{string.Join(" ", request.Command)}' could not be started in {container.Container}.", container.Container);
        }

        return Result(container, request.Command) with { ExitCode = end?.ExitCode, Duration = clock.Elapsed };
    }

    /// <summary>Runs something that writes output, and returns its result with the output and the exit code.</summary>
    internal async Task<ComposeCommandResult> CapturedAsync(
        ComposeContainer container, IReadOnlyList<string> command, OutputCapture capture, IEventSink sink,
        Func<CommandOutput, Task<int?>> run)
    {
        var clock = Stopwatch.StartNew();
        var output = Output(container, capture, sink);
        try
        {
            var code = await run(output).ConfigureAwait(false);
            return SoFar() with { ExitCode = code };
        }
        catch (ComposeException exception) when (EngineErrors.IsGone(exception.Info.Id))
        {
            throw new ComposeException(exception.Info with { Target = SoFar() }, exception);
        }

        ComposeCommandResult SoFar() => Result(container, command) with
        {
            StandardOutput = output.StandardOutput,
            StandardError = output.StandardError,
            Duration = clock.Elapsed,
        };
    }

    /// <summary>A result of a command in a container, without exit code and output.</summary>
    internal static ComposeCommandResult Result(ComposeContainer container, IReadOnlyList<string> command) => new()
    {
        EngineHost = container.EngineHost,
        ProjectName = container.ProjectName,
        Service = container.Service,
        Container = container.Container,
        Replica = container.Replica,
        Command = command,
    };

    private CommandOutput Output(ComposeContainer container, OutputCapture capture, IEventSink sink) =>
        capture.File is { } file ? new CommandOutput.ToStream(file)
        : capture.Lines ? new CommandOutput.Lines(
            LogSource.From(session.EngineHost, container).Template, () => session.Now, sink)
        : new CommandOutput.Kept();
}

/// <summary>Where a command's output goes: into the result by default, or to the sink line by line, or to a stream.</summary>
internal sealed record OutputCapture
{
    /// <summary>Whether each line is sent to the sink as it arrives.</summary>
    public bool Lines { get; init; }

    /// <summary>The stream that receives standard output unchanged.</summary>
    public Stream? File { get; init; }
}
