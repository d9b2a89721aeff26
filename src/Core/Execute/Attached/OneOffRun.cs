using System.Diagnostics;
using System.Security.Cryptography;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Events;
using Compose.Execute.Operations;
using Compose.Execute.Running;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Plan.Input;
using Compose.State;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Frames;
using Compose.Streams.Terminal;

namespace Compose.Execute.Attached;

/// <summary>
/// A one-off container from creation to end. The caller executes <see cref="Up"/> with <see cref="BeforeStartAsync"/>, then asks
/// for the result. Disposing it earlier stops the container in the background.
/// </summary>
internal sealed class OneOffRun : IDisposable
{
    private readonly ProjectSession _session;
    private readonly OneOff _oneOff;
    private readonly bool _detach;
    private readonly DetachKeys? _keys;
    private readonly string _name;
    private HijackedConnection? _connection;
    private readonly CancellationTokenSource _life = new();
    private Task<WaitResponse>? _wait;
    private string? _id;
    private bool _isOver;

    public OneOffRun(
        ProjectSession session, ComposeProject project, OneOff oneOff, UpOptions options, bool detach,
        DetachKeys? keys = null)
    {
        (_session, _oneOff, _detach, _keys) = (session, oneOff, detach, keys);
        Project = oneOff.Apply(project);
        Options = options with { Services = [oneOff.Service], OneOff = oneOff };
        Up = new UpRun(session, Project, Options);
        _name = Project.Services[oneOff.Service].ContainerName!;
    }

    /// <summary>A new slug: 64 hexadecimal digits.</summary>
    public static string NewSlug()
    {
        var bytes = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
    }

    /// <summary>The project with the one-off's settings.</summary>
    public ComposeProject Project { get; }

    public UpOptions Options { get; }

    /// <summary>Creates images, networks, volumes, dependencies and the container itself.</summary>
    public UpRun Up { get; }

    /// <summary>Whether the command was started.</summary>
    public bool IsStarted => _id is not null && Up.Report is { Succeeded: true };

    /// <summary>Attaches and begins to wait before the start, so that nothing of a short command is missed.</summary>
    public async Task BeforeStartAsync(string id, CancellationToken cancellationToken)
    {
        _id = id;
        if (_detach)
            return;
        _connection = await _session.Engine.Containers.AttachAsync(id, _oneOff.TakesInput, _keys?.Text, cancellationToken)
            .ConfigureAwait(false);
        _wait = await _session.Engine.Containers.WaitAsync(id, _oneOff.AutoRemove ? "removed" : "next-exit", _life.Token)
            .ConfigureAwait(false);
    }

    /// <summary>The result: at once for a command in the background, otherwise at its end.</summary>
    public Task<ComposeCommandResult> ResultAsync(
        StandardInput? input, OutputCapture capture, IEventSink sink, CancellationToken cancellationToken) =>
        _session.Exec.CapturedAsync(
            Container(), _oneOff.Command ?? [], capture, sink,
            output => _detach ? Task.FromResult<int?>(null) : EndAsync(input, output, cancellationToken));

    /// <summary>
    /// The result of a command in a local terminal. If the user detached, the command continues and there is no exit code.
    /// </summary>
    public async Task<ComposeCommandResult> ResultAsync(ITerminal terminal, DetachKeys keys, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var ending = cancellationToken.Register(_life.Cancel);
        var session = new TerminalSession(
            terminal, keys, (columns, rows, stop) => _session.Engine.Containers.ResizeAsync(_id!, columns, rows, stop));
        var isLeft = await session.RunAsync(_connection!, _name, cancellationToken).ConfigureAwait(false);
        var code = isLeft ? (int?)null : await CodeAsync(cancellationToken).ConfigureAwait(false);
        _isOver = true;
        return ExecOperations.Result(Container(), _oneOff.Command ?? []) with { ExitCode = code, Duration = clock.Elapsed };
    }

    /// <summary>Completes when the request to end an abandoned container has been sent.</summary>
    public Task Abandoning { get; private set; } = Task.CompletedTask;

    public void Dispose()
    {
        _connection?.Dispose();
        _life.Cancel();
        _life.Dispose();
        if (_id is not { } id || _isOver || (_detach && IsStarted))
            return;
        _isOver = true;
        var started = IsStarted;
        Abandoning = BackgroundRequest.SendAsync(
            _session.Engine.Endpoint,
            (engine, cancellationToken) => AbandonAsync(engine, id, started, cancellationToken));
    }

    private async Task<int?> EndAsync(StandardInput? input, CommandOutput output, CancellationToken cancellationToken)
    {
        using var ending = cancellationToken.Register(_life.Cancel);
        await StreamCopy.RunAsync(_connection!, _oneOff.Tty, _name, input, output, cancellationToken).ConfigureAwait(false);
        return await CodeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The exit code, after the engine's list shows the end, so that the next run does not find a running orphan.
    /// </summary>
    private async Task<int> CodeAsync(CancellationToken cancellationToken)
    {
        var end = await _wait!.ConfigureAwait(false);
        _isOver = true;
        if (!_oneOff.AutoRemove)
            await ContainerListCatchUp.WaitAsync(_session.Engine, Project.Name, [_id!], cancellationToken).ConfigureAwait(false);
        return end.StatusCode;
    }

    /// <summary>Stops the container with its own signal and grace period; a container that never ran is removed.</summary>
    private static Task AbandonAsync(EngineClient engine, string id, bool started, CancellationToken cancellationToken) =>
        started
            ? engine.Containers.StopAsync(id, null, cancellationToken)
            : engine.Containers.RemoveAsync(id, volumes: true, cancellationToken);

    private ComposeContainer Container() => new()
    {
        EngineHost =
            _session.EngineHost, ProjectName =
                Project.Name, Service = _oneOff.Service, Container = _name, Id = _id!, OneOff = true,
    };
}
