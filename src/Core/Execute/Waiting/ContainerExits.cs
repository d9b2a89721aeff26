using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Execute.Running;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Execute.Waiting;

/// <summary>
/// Knows how and in which order some containers have ended since a time. A container is inspected only after an event.
/// </summary>
internal sealed class ContainerExits(
    EngineClient engine, ContainerEvents watch, DateTime since, IReadOnlyList<ComposeContainer> containers)
{
    private readonly long _since = UnixTime.Nano(since);
    private readonly Dictionary<string, Task> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerEnd> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, long Time), ContainerEnd> _restarted = [];

    private readonly ConcurrentDictionary<string, DateTime> _started = new(StringComparer.Ordinal);
    private readonly LostEngine _lost = new();

    /// <summary>All ends, oldest first, also of containers that were restarted. Ends without an event come last.</summary>
    public IEnumerable<ContainerEnd> Ended =>
        _restarted.Values.Concat(_ended.Values).OrderBy(end => end.TimeNano == 0 ? long.MaxValue : end.TimeNano);

    /// <summary>Whether no container runs or is about to be restarted.</summary>
    public bool AllEnded => _ended.Count == containers.Count;

    /// <summary>The events that are a reason to look again.</summary>
    public IEnumerable<Task> Events => _events.Values;

    public async Task PollAsync(bool all, CancellationToken cancellationToken)
    {
        var due = containers.Where(container =>
            all || !_events.TryGetValue(container.Id, out var happened) || happened.IsCompleted).ToList();
        foreach (var container in due)
            _events[container.Id] = watch.Next(container.Id);
        await Task.WhenAll(due.Select(container => PollAsync(container, cancellationToken))).ConfigureAwait(false);
    }

    private async Task PollAsync(ComposeContainer container, CancellationToken cancellationToken)
    {
        var (end, restarts) = await EndAsync(container, cancellationToken).ConfigureAwait(false);
        lock (_ended)
        {
            if (end is not null)
                _ended[container.Id] = end;
            else
                _ended.Remove(container.Id);
            foreach (var earlier in Counted(container.Id, restarts, end).Where(one => one.TimeNano != end?.TimeNano))
                _restarted[(container.Id, earlier.TimeNano)] =
                    new ContainerEnd(container, earlier.Code, earlier.TimeNano) { Restarts = true };
        }
    }

    /// <summary>
    /// How the container ended, and how often its restart policy restarted it. Null if it runs or is being restarted; a removed
    /// container has ended. If the engine is stopping, events still report the end.
    /// </summary>
    private async Task<(ContainerEnd? End, int Restarts)> EndAsync(
        ComposeContainer container, CancellationToken cancellationToken)
    {
        try
        {
            var look = await engine.Containers.InspectAsync(container.Id, cancellationToken).ConfigureAwait(false);
            _lost.Answered();
            return (EndOf(container, look.State), look.RestartCount);
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return (WithEventTime(container, watch.LastEnd(container.Id)?.Code ?? 0), 0);
        }
        catch (ComposeException exception) when (EngineErrors.IsGone(exception.Info.Id)
            && _started.TryGetValue(container.Id, out var started))
        {
            if (watch.EndAfter(container.Id, started) is { } code)
                return (WithEventTime(container, code), 0);
            if (_lost.MayStillReport(watch))
                return (null, 0);
            throw;
        }
    }

    private ContainerEnd? EndOf(ComposeContainer container, ContainerState state)
    {
        var start = ResourceMapping.Time(state.StartedAt);
        if (start is { } started)
            _started[container.Id] = started;
        if (state.Status is not ("exited" or "dead"))
            return null;
        var end = WithEventTime(container, state.ExitCode);
        // The event of this end may not have arrived yet; an event before the start belongs to an earlier end.
        return start is { } moment && end.TimeNano < UnixTime.Nano(moment) ? end with { TimeNano = 0 } : end;
    }

    private ContainerEnd WithEventTime(ComposeContainer container, int code) =>
        new(container, code, watch.LastEnd(container.Id)?.TimeNano ?? 0);

    /// <summary>
    /// The ends that count. Ends before the first inspection count only if the restart policy restarted the container: this
    /// command itself may have stopped and started it.
    /// </summary>
    private IEnumerable<(long TimeNano, int Code)> Counted(string id, int restarts, ContainerEnd? end)
    {
        var events = watch.Ends(id).Where(one => one.TimeNano > _since).ToList();
        if (!_first.TryGetValue(id, out var first))
        {
            var before = events.Count - restarts - (end is { TimeNano: not 0 } ? 1 : 0);
            _first[id] = first = before > 0 ? events[before - 1].TimeNano : _since;
        }

        return events.Where(one => one.TimeNano > first);
    }
}

/// <summary>How a container ended, and when, by the engine's clock.</summary>
internal sealed record ContainerEnd(ComposeContainer Container, int Code, long TimeNano)
{
    /// <summary>Whether it was restarted or is about to be.</summary>
    public bool Restarts { get; init; }
}
