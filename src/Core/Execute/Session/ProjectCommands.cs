using System.Diagnostics;
using System.Security.Cryptography;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Attached;
using Compose.Model;
using Compose.Plan.Input;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Logs;
using Compose.Streams.Terminal;

namespace Compose.Execute.Session;

/// <summary>Commands in containers that run.</summary>
internal sealed partial class ProjectSession
{
    /// <summary>By then a request is on its way.</summary>
    private static readonly TimeSpan SendingTime = TimeSpan.FromMilliseconds(50);

    /// <summary>An engine that never answers must not keep a connection for ever.</summary>
    private static readonly TimeSpan LongestLastWork = TimeSpan.FromMinutes(10);
    private readonly Stopwatch _age = Stopwatch.StartNew();

    /// <summary>The time, UTC, counted from the one the session was given.</summary>
    internal DateTime Now => _now + _age.Elapsed;

    /// <summary>Runs a command in one container of a service.</summary>
    /// <param name="choice">Which container.</param>
    /// <param name="request">The command.</param>
    /// <param name="capture">What becomes of its output.</param>
    /// <param name="sink">Gets the lines, where they are wanted as they come.</param>
    /// <param name="cancellationToken">Closes the connection; the command itself goes on, for the engine cannot end it.</param>
    /// <exception cref="ComposeException">Where the engine is lost, the error's target is the result so far.</exception>
    public async Task<ComposeCommandResult> ExecAsync(
        ReplicaChoice choice, ExecRequest request, OutputCapture capture, IEventSink sink, CancellationToken cancellationToken)
    {
        var container = await ChooseRunningAsync(choice, cancellationToken).ConfigureAwait(false);
        return await CapturedAsync(container, request.Command, capture, sink,
            async output =>
            {
                var end = await ExecRun.RunAsync(Engine, container.Id, container.Container, request, output, cancellationToken)
                    .ConfigureAwait(false);
                if (!ExecRun.IsNeverStarted(Engine, end, output))
                    return end?.ExitCode;
                var command = string.Join(" ", request.Command);
                var said = (output.Beginning + output.ErrorBeginning).Trim();
                throw StreamErrors.CommandNotStarted.Exception(
                    $"'{command}' could not be started in {container.Container}: {said}", container.Container);
            }).ConfigureAwait(false);
    }

    /// <summary>The container that is chosen among those that run, one-offs included.</summary>
    private async Task<ComposeContainer> ChooseRunningAsync(ReplicaChoice choice, CancellationToken cancellationToken)
    {
        var chosen = await ChooseAsync(choice with { Running = true, OneOffs = true }, cancellationToken).ConfigureAwait(false);
        return chosen[0];
    }

    /// <summary>
    /// A one-off container of a service, with what it depends on; the engine too has to know the keys that leave it.
    /// </summary>
    public OneOffRun StartOneOff(
        ComposeProject project, OneOff oneOff, UpOptions options, bool detach,
        DetachKeys? keys = null) => new(this, project, oneOff, options, detach, keys);

    /// <summary>
    /// Does one last thing whose end nobody waits for, on a connection that outlives the session. The task is done once the
    /// engine has been asked: a shell that ends before would take the request along.
    /// </summary>
    public Task InBackground(Func<EngineClient, CancellationToken, Task> work)
    {
        var endpoint = Engine.Endpoint;
        var asked = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task.Run(LastAsync).ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                asked.TrySetResult(true);
            }, TaskScheduler.Default);
        return asked.Task;

        async Task LastAsync()
        {
            using var limit = new CancellationTokenSource(LongestLastWork);
            using var engine = await EngineClient.ConnectAsync(endpoint, limit.Token).ConfigureAwait(false);
            var working = work(engine, limit.Token);
            await Task.WhenAny(working, Task.Delay(SendingTime, limit.Token)).ConfigureAwait(false);
            asked.TrySetResult(true);
            await working.ConfigureAwait(false);
        }
    }

    /// <summary>A new slug: 64 hexadecimal digits.</summary>
    public static string NewSlug()
    {
        var bytes = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
    }

    /// <summary>The result of a command whose output goes where it is wanted.</summary>
    internal async Task<ComposeCommandResult> CapturedAsync(
        ComposeContainer container, IReadOnlyList<string> command, OutputCapture capture, IEventSink sink,
        Func<CommandOutput, Task<int?>> run)
    {
        var clock = Stopwatch.StartNew();
        var output = Output(container, capture, sink);
        try
        {
            var code = await run(output).ConfigureAwait(false);
            return Result() with { ExitCode = code };
        }
        catch (ComposeException exception) when (EngineErrors.IsGone(exception.Info.Id))
        {
            throw new ComposeException(exception.Info with { Target = Result() }, exception);
        }

        ComposeCommandResult Result() => new()
        {
            EngineHost =
                container.EngineHost, ProjectName =
                    container.ProjectName, Service =
                        container.Service, Container = container.Container, Replica = container.Replica,
            Command =
                command, StandardOutput = output.StandardOutput, StandardError = output.StandardError, Duration = clock.Elapsed,
        };
    }

    private CommandOutput Output(ComposeContainer container, OutputCapture capture, IEventSink sink) =>
        capture.File is { } file ? new CommandOutput.ToStream(file)
        : capture.Lines ? new CommandOutput.Lines(LogSource.From(EngineHost, container).Template, () => Now, sink)
        : new CommandOutput.Kept();
}

/// <summary>
/// What becomes of a command's output: it is kept for the result, or told line by line, or written to a stream.
/// </summary>
internal sealed record OutputCapture
{
    public bool Lines { get; init; }

    /// <summary>Takes standard output as it is.</summary>
    public Stream? File { get; init; }
}
