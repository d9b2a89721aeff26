using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.State;

namespace Compose.Streams.Events;

/// <summary>Tells what happened, or happens, to a project's containers.</summary>
internal sealed class EventReader(EngineClient engine, IEventSink sink)
{
    /// <summary>Answers how many were told of.</summary>
    /// <param name="request">Which are wanted.</param>
    /// <param name="now">The time it is, UTC: where the past ends.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ComposeException">The engine is gone; what came before was told.</exception>
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
        await foreach (var told in events.ConfigureAwait(false))
        {
            var read = EventReading.Read(told, engine.EngineHost);
            if (told.Actor.Attributes?.TryGetValue(ComposeLabels.OneOff, out var oneOff) == true
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
