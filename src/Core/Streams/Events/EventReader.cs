using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.State;

namespace Compose.Streams.Events;

/// <summary>Emits past and future events of a project's containers.</summary>
internal sealed class EventReader(EngineClient engine, IEventSink sink)
{
    /// <summary>Emits the events and returns their number.</summary>
    /// <param name="request">Which events to read.</param>
    /// <param name="now">The current time, UTC: the end of the past events.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ComposeException">The engine is gone; earlier events were emitted.</exception>
    public async Task<int> ReadAsync(EventRequest request, DateTime now, CancellationToken cancellationToken)
    {
        var since = request.Since is { } from ? UnixTime.Nano(from) : request.Follow ? null : (long?)1;
        var until = request.Until ?? (request.Follow ? null : now);
        var filters = Filters.Label(ComposeLabels.Of(ComposeLabels.Project, request.Choice.ProjectName))
            .With("type", "container");
        var count = 0;
        var events = until is { } end && end <= now
            ? engine.System.PastEventsAsync(since, UnixTime.Nano(end), filters, cancellationToken)
            : engine.System.EventsAsync(since, until is { } limit ? UnixTime.Nano(limit) : null, filters, cancellationToken);
        await foreach (var engineEvent in events.ConfigureAwait(false))
        {
            var read = EventMapping.Read(engineEvent, engine.EngineHost);
            if (engineEvent.Actor.Attributes?.TryGetValue(ComposeLabels.OneOff, out var oneOff) == true
                && oneOff == "True"
                && !request.Choice.Containers.Contains(read.Container))
                continue;
            if (!request.Choice.Includes(read.Service, read.Container, read.Replica))
                continue;
            count++;
            await sink.EmitAsync(new ResultEvent(read), cancellationToken).ConfigureAwait(false);
        }

        if (until is null && !cancellationToken.IsCancellationRequested)
            throw EngineErrors.ConnectionLost.Exception(
                $"The engine at {engine.EngineHost} has ended its stream of events.", engine.EngineHost);
        return count;
    }
}
