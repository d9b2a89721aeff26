using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.State;

namespace Compose.Execute.Waiting;

/// <summary>
/// Waits until containers have the wanted state. The caller loops until <see cref="IsOver"/>: <see cref="PollAsync"/> returns
/// those that have it, <see cref="WaitForChangeAsync"/> waits for an event.
/// </summary>
internal sealed class ReplicaWait : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(250);
    private readonly EngineClient _engine;
    private readonly WaitRequest _request;
    private readonly ContainerEvents _watch;
    private readonly ReplicaCheck _check;
    private readonly List<ComposeContainer> _open;
    private readonly Dictionary<string, Task> _events = new(StringComparer.Ordinal);
    private readonly ServicesWithoutContainer _awaited;
    private Task _anyEvent = Task.CompletedTask;

    public ReplicaWait(
        EngineClient engine, WaitRequest request, IReadOnlyList<ComposeContainer> containers, ServicesWithoutContainer awaited)
    {
        (_engine, _request, _open, _awaited) = (engine, request, [.. containers], awaited);
        _watch = new ContainerEvents(engine, request.Choice.ProjectName);
        _watch.Open();
        _check = new ReplicaCheck(engine, request, _watch);
    }

    /// <summary>The containers that do not have the state yet.</summary>
    public IReadOnlyList<ComposeContainer> Open => _open;

    /// <summary>Whether there is nothing left to wait for.</summary>
    public bool IsOver => _open.Count == 0 && _awaited.Names.Count == 0;

    public void Dispose() => _watch.Dispose();

    /// <summary>
    /// Inspects the open containers and returns the ones that have the state now. A container that never will have it is emitted
    /// as an error. Neither is open any more.
    /// </summary>
    public async Task<IReadOnlyList<ComposeWaitResult>> PollAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        if (_awaited.Names.Count > 0)
        {
            _anyEvent = _watch.Next(ContainerEvents.Any);
            _open.AddRange(await _awaited.AppearedAsync(cancellationToken).ConfigureAwait(false));
            if (_awaited.Names.Count > 0)
                sink.Emit(
                    ProgressEvent.Running(
                        ProgressKind.Wait, string.Join(", ", _awaited.Names), "Waiting", "no container yet"));
        }

        foreach (var container in _open)
            _events[container.Id] = _watch.Next(container.Id);
        var looks = await Task.WhenAll(_open.Select(container => _check.CheckAsync(container, sink, cancellationToken)))
            .ConfigureAwait(false);
        var reached = new List<ComposeWaitResult>();
        foreach (var (container, look, error) in looks)
        {
            if (error is null && look?.Reached != true)
                continue;
            _open.Remove(container);
            if (error is not null)
                sink.Emit(new ErrorEvent(error));
            else
                reached.Add(look!);
        }

        return reached;
    }

    /// <summary>Marks a container as having the state, by the caller's own judgement (<see cref="WaitFor.Condition"/>).</summary>
    public ComposeWaitResult Reach(ComposeContainer container)
    {
        _open.Remove(_open.Single(open => open.Id == container.Id));
        return _check.Result(container) with
        {
            Reached = true,
            State = container.State,
            Health = container.Health,
            ExitCode = container.ExitCode,
        };
    }

    /// <summary>Replaces the open containers by their current state, for the caller to judge.</summary>
    public void Update(IReadOnlyList<ComposeContainer> containers)
    {
        for (var index = 0; index < _open.Count; index++)
            _open[index] = containers.FirstOrDefault(container => container.Id == _open[index].Id)
                ?? _open[index] with { State = "Gone" };
    }

    /// <summary>Waits until something happens to an open container, or until it is time to look again anyway.</summary>
    /// <param name="limit">The time that is left, or null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task WaitForChangeAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        var pause =
            _request.For is WaitFor.Port ? ProbeInterval : _request.For is WaitFor.Condition ? ProbeInterval + ProbeInterval : (
                TimeSpan?)null;
        if (pause is { } probe && (limit is null || limit > probe))
            limit = probe;
        var events = _open.Select(container =>
            _events.TryGetValue(container.Id, out var happened) ? happened : Task.Delay(-1, cancellationToken));
        return ContainerEvents.AnyAsync(
            _awaited.Names.Count > 0 ? [.. events, _anyEvent] : [.. events], limit, cancellationToken);
    }

    /// <summary>
    /// The error for containers that are still open when the time is up: each with its state, probe and last output.
    /// </summary>
    public async Task<ErrorInfo> TimeoutErrorAsync(TimeSpan limit, IEventSink sink, CancellationToken cancellationToken)
    {
        var details = new ContainerDiagnostics(_engine, sink);
        var found = new List<string>();
        var results = new List<ComposeWaitResult>();
        foreach (var service in _awaited.Names)
        {
            results.Add(_check.Result(service) with { State = "Missing" });
            found.Add($"service {service} has no container");
        }

        foreach (var container in _open)
        {
            var look = await _check.SettledAsync(container.Id, cancellationToken).ConfigureAwait(false);
            results.Add(look is null ? _check.Result(container) with { State = "Gone" } : _check.Result(container, look));
            found.Add(
                look is null
                    ? $"{container.Container} is gone"
                    : await details.StateAsync(container.Container, look, cancellationToken).ConfigureAwait(false));
        }

        return ExecuteErrors.WaitTimeout.Info(
            $"Waiting for {Wanted} ended after {limit.TotalSeconds:0.#} s without "
                + $"{string.Join(", ", _awaited.Names.Concat(_open.Select(container => container.Container)))}: "
                + $"{string.Join("; ", found)}",
            results);
    }

    private string Wanted => _request is { For: WaitFor.Port, Port: { } port } ? $"port {port}" : _request.For.ToString();
}
