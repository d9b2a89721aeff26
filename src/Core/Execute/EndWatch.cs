using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.State;

namespace Compose.Execute;

/// <summary>Knows which of some containers have ended, in which order and how. It looks at one only when something happened to it.</summary>
internal sealed class EndWatch(EngineClient engine, ContainerWatch watch, IReadOnlyList<ComposeContainer> containers)
{
    private readonly Dictionary<string, Task> _events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerEnd> _ended = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, DateTime> _started = new(StringComparer.Ordinal);
    private readonly LostEngine _lost = new();

    /// <summary>Those that have ended, the first first.</summary>
    public IEnumerable<ContainerEnd> Ended => _ended.Values.OrderBy(end => end.TimeNano);

    public bool AllEnded => _ended.Count == containers.Count;

    /// <summary>Done when there is a reason to look again.</summary>
    public IEnumerable<Task> Events => _events.Values;

    public async Task LookAsync(bool all, CancellationToken cancellationToken)
    {
        var due = containers.Where(container => all || !_events.TryGetValue(container.Id, out var happened) || happened.IsCompleted).ToList();
        foreach (var container in due)
            _events[container.Id] = watch.Next(container.Id);
        await Task.WhenAll(due.Select(container => LookAsync(container, cancellationToken))).ConfigureAwait(false);
    }

    private async Task LookAsync(ComposeContainer container, CancellationToken cancellationToken)
    {
        var (ended, code) = await StateAsync(container, cancellationToken).ConfigureAwait(false);
        lock (_ended)
        {
            if (ended)
                _ended[container.Id] = new ContainerEnd(container, code, watch.LastEnd(container.Id)?.TimeNano ?? 0);
            else
                _ended.Remove(container.Id);
        }
    }

    /// <summary>One that is gone has ended; one that the engine starts again has not. Of an engine that stops, events still tell.</summary>
    private async Task<(bool Ended, int Code)> StateAsync(ComposeContainer container, CancellationToken cancellationToken)
    {
        try
        {
            var state = (await engine.Containers.InspectAsync(container.Id, cancellationToken).ConfigureAwait(false)).State;
            _lost.Seen();
            if (ResourceReading.Time(state.StartedAt) is { } started)
                _started[container.Id] = started;
            return (state.Status is "exited" or "dead", state.ExitCode);
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return (true, watch.LastEnd(container.Id)?.Code ?? 0);
        }
        catch (ComposeException exception) when (EngineErrors.IsGone(exception.Info.Id) && _started.TryGetValue(container.Id, out var started))
        {
            if (watch.EndAfter(container.Id, started) is { } code)
                return (true, code);
            if (_lost.MayStillTell(watch))
                return (false, 0);
            throw;
        }
    }
}

/// <summary>How a container ended, and when by the engine's clock.</summary>
internal sealed record ContainerEnd(ComposeContainer Container, int Code, long TimeNano);
