using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.State;
using Compose.Streams;

namespace Compose.Execute;

/// <summary>
/// Waits until containers are as a user wants them. The caller loops: <see cref="LookAsync"/> for those that are now so, and
/// <see cref="PauseAsync"/> until something happens, until it <see cref="IsOver"/>.
/// </summary>
internal sealed class ReplicaWait : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(250);
    private readonly EngineClient _engine;
    private readonly WaitRequest _request;
    private readonly ContainerWatch _watch;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, DateTime> _started = new(StringComparer.Ordinal);
    private readonly List<ComposeContainer> _open;
    private readonly Dictionary<string, Task> _events = new(StringComparer.Ordinal);
    private readonly AwaitedServices _awaited;
    private Task _anyEvent = Task.CompletedTask;

    public ReplicaWait(EngineClient engine, WaitRequest request, IReadOnlyList<ComposeContainer> containers, AwaitedServices awaited)
    {
        (_engine, _request, _open, _awaited) = (engine, request, [.. containers], awaited);
        _watch = new ContainerWatch(engine, request.Choice.ProjectName);
        _watch.Open();
    }

    /// <summary>The containers that are still waited for.</summary>
    public IReadOnlyList<ComposeContainer> Open => _open;

    /// <summary>Whether nothing is left to wait for.</summary>
    public bool IsOver => _open.Count == 0 && _awaited.Names.Count == 0;

    public void Dispose() => _watch.Dispose();

    /// <summary>Looks at the open containers. Those that are so now are no longer open; one that never will be is told of as an error, and no longer open either.</summary>
    public async Task<IReadOnlyList<ComposeWaitResult>> LookAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        if (_awaited.Names.Count > 0)
        {
            _anyEvent = _watch.Next(ContainerWatch.Any);
            _open.AddRange(await _awaited.AppearedAsync(cancellationToken).ConfigureAwait(false));
            if (_awaited.Names.Count > 0)
                sink.Emit(new ProgressEvent(string.Join(", ", _awaited.Names), null, "Waiting", "no container yet", null, null, false));
        }

        foreach (var container in _open)
            _events[container.Id] = _watch.Next(container.Id);
        var looks = await Task.WhenAll(_open.Select(container => JudgeAsync(container, sink, cancellationToken))).ConfigureAwait(false);
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

    /// <summary>Takes a container as the caller judged it (<see cref="WaitFor.Condition"/>).</summary>
    public ComposeWaitResult Reach(ComposeContainer container)
    {
        _open.Remove(_open.Single(open => open.Id == container.Id));
        return Result(container) with { Reached = true, State = container.State, Health = container.Health, ExitCode = container.ExitCode };
    }

    /// <summary>Puts what is known of the open containers now in their place, for the caller to judge.</summary>
    public void Renew(IReadOnlyList<ComposeContainer> containers)
    {
        for (var index = 0; index < _open.Count; index++)
            _open[index] = containers.FirstOrDefault(container => container.Id == _open[index].Id) ?? _open[index] with { State = "Gone" };
    }

    /// <summary>Waits until something happens to an open container, or it is time to look again anyway.</summary>
    /// <param name="limit">The time that is left, or null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task PauseAsync(TimeSpan? limit, CancellationToken cancellationToken)
    {
        var pause = _request.For is WaitFor.Port ? ProbeInterval : _request.For is WaitFor.Condition ? ProbeInterval + ProbeInterval : (TimeSpan?)null;
        if (pause is { } probe && (limit is null || limit > probe))
            limit = probe;
        var events = _open.Select(container => _events.TryGetValue(container.Id, out var happened) ? happened : Task.Delay(-1, cancellationToken));
        return ContainerWatch.AnyAsync(_awaited.Names.Count > 0 ? [.. events, _anyEvent] : [.. events], limit, cancellationToken);
    }

    /// <summary>The error for those that are still open when time is up: each with its state, its probe and its last words.</summary>
    public async Task<ErrorInfo> LateAsync(TimeSpan limit, IEventSink sink, CancellationToken cancellationToken)
    {
        var story = new ContainerStory(_engine, sink);
        var found = new List<string>();
        var results = new List<ComposeWaitResult>();
        foreach (var service in _awaited.Names)
        {
            results.Add(Result(service) with { State = "Missing" });
            found.Add($"service {service} has no container");
        }

        foreach (var container in _open)
        {
            var look = await SettledAsync(container.Id, cancellationToken).ConfigureAwait(false);
            results.Add(look is null ? Result(container) with { State = "Gone" } : Result(container, look));
            var health = look?.State.Health?.Status is { Length: > 0 } status ? ", " + status : "";
            found.Add(look is null ? $"{container.Container} is gone"
                : $"{container.Container} is {look.State.Status}{health}{ContainerStory.Probe(look)}{await story.TellAsync(container.Container, look, cancellationToken).ConfigureAwait(false)}");
        }

        return ExecuteErrors.WaitTimeout.Info(
            $"Waiting for {Wanted} ended after {limit.TotalSeconds:0.#} s without {string.Join(", ", _awaited.Names.Concat(_open.Select(container => container.Container)))}: {string.Join("; ", found)}", results);
    }

    private string Wanted => _request is { For: WaitFor.Port, Port: { } port } ? $"port {port}" : _request.For.ToString();

    private async Task<(ComposeContainer Container, ComposeWaitResult? Look, ErrorInfo? Error)> JudgeAsync(ComposeContainer container, IEventSink sink, CancellationToken cancellationToken)
    {
        var look = await SettledAsync(container.Id, cancellationToken).ConfigureAwait(false);
        if (look is null)
            return (container, null, EngineErrors.ContainerNotFound.Info($"Container {container.Container} was removed while it was waited for.", Result(container) with { State = "Gone" }));
        var result = Result(container, look);
        switch (_request.For)
        {
            case WaitFor.Exited:
                return (container, HasEnded(look, out var code) ? result with { Reached = true, ExitCode = code } : null, null);
            case WaitFor.Condition:
                return (container, null, null);
        }

        var ended = look.State.Status is "exited" or "dead";
        var finished = ended && look.State.ExitCode == 0 && look.HostConfig.RestartPolicy?.Name is null or "" or "no";
        if (ended)
        {
            return _request.For == WaitFor.Ready && finished
                ? (container, result with { Reached = true }, null)
                : (container, null, await FailedAsync(ExecuteErrors.ContainerExited, $"container {container.Container} exited ({look.State.ExitCode})", look, result, sink, cancellationToken).ConfigureAwait(false));
        }

        switch (_request.For, look.State.Health?.Status)
        {
            case (WaitFor.Ready or WaitFor.Healthy, "unhealthy"):
                return (container, null, await FailedAsync(ExecuteErrors.ContainerUnhealthy, $"container {container.Container} is unhealthy{ContainerStory.Probe(look)}", look, result, sink, cancellationToken).ConfigureAwait(false));
            case (WaitFor.Healthy, null or "" or "none"):
                return (container, null, ExecuteErrors.NoHealthcheck.Info($"container {container.Container} has no healthcheck configured", result));
            case (WaitFor.Ready or WaitFor.Healthy, "starting"):
                return (container, null, null);
            case (WaitFor.Port, _):
                return await PortAsync(container, look, result, cancellationToken).ConfigureAwait(false);
            default:
                return (container, look.State.Status == "running" ? result with { Reached = true } : null, null);
        }
    }

    /// <summary>What message and result both tell of; null where the container is gone.</summary>
    private async Task<ContainerInspect?> SettledAsync(string id, CancellationToken cancellationToken)
    {
        var look = await StateReader.PresentAsync(_engine.Containers.InspectAsync(id, cancellationToken)).ConfigureAwait(false);
        return look is null ? null : await ContainerStory.SettledAsync(_engine, look, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(ComposeContainer Container, ComposeWaitResult? Look, ErrorInfo? Error)> PortAsync(
        ComposeContainer container, ContainerInspect look, ComposeWaitResult result, CancellationToken cancellationToken)
    {
        if (look.State.Status != "running")
            return (container, null, null);
        var places = ReachablePorts.Of(look, _request.Port, _engine.EngineHost, _engine.IsLocal);
        if (places.Count == 0)
        {
            var wanted = _request.Port is { } port ? $"port {port}" : "a tcp port";
            return (container, null, StateErrors.PortNotPublished.Info($"Container {container.Container} does not publish {wanted}, and it cannot be reached from here otherwise.", result));
        }

        var answers = await Task.WhenAll(places.Select(place => PortProbe.AnswersAsync(place.Host, place.Port, cancellationToken))).ConfigureAwait(false);
        return (container, answers.All(answer => answer) ? result with { Reached = true, Duration = _clock.Elapsed } : null, null);
    }

    /// <summary>
    /// Whether the container has ended, and how, even when it was started again at once: then the event alone tells the code.
    /// (The engine's own wait may tell the code of the next start.)
    /// </summary>
    private bool HasEnded(ContainerInspect look, out int? code)
    {
        code = look.State.ExitCode;
        if (look.State.Status is "exited" or "dead")
            return true;
        code = null;
        if (look.State.Status == "created" || ResourceReading.Time(look.State.StartedAt) is not { } started)
            return false;
        if (!_started.TryGetValue(look.Id, out var first))
            _started[look.Id] = first = started;
        if (_watch.LastEnd(look.Id) is { } end && end.TimeNano > EventReading.Nano(first))
            code = end.Code;
        return code is not null || started > first;
    }

    private async Task<ErrorInfo> FailedAsync(ErrorDefinition definition, string message, ContainerInspect look, ComposeWaitResult result, IEventSink sink, CancellationToken cancellationToken) =>
        definition.Info(message + await new ContainerStory(_engine, sink).TellAsync(result.Container, look, cancellationToken).ConfigureAwait(false), result);

    private ComposeWaitResult Result(string service) => new()
    {
        EngineHost = _engine.EngineHost,
        ProjectName = _request.Choice.ProjectName,
        Service = service,
        Container = "",
        For = _request.For.ToString(),
        Duration = _clock.Elapsed,
    };

    private ComposeWaitResult Result(ComposeContainer container) => Result(container.Service) with { Container = container.Container, Replica = container.Replica };

    private ComposeWaitResult Result(ComposeContainer container, ContainerInspect look)
    {
        var probe = look.State.Health?.Log?.LastOrDefault();
        return Result(container) with
        {
            State = ContainerReading.Capitalized(look.State.Status),
            Health = look.State.Health?.Status is { Length: > 0 } health and not "none" ? ContainerReading.Capitalized(health) : "None",
            ExitCode = look.State.Status is "exited" or "dead" ? look.State.ExitCode : null,
            OutOfMemory = look.State.OOMKilled,
            ProbeOutput = probe?.Output?.Trim(),
            ProbeExitCode = probe?.ExitCode,
        };
    }
}
