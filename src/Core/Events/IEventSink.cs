namespace Compose.Events;

/// <summary>Receives events, on any thread.</summary>
internal interface IEventSink
{
    /// <summary>Queues an event without waiting.</summary>
    void Emit(ComposeEvent composeEvent);

    /// <summary>Queues an event of a log stream; waits for room, so that a slow consumer throttles the stream.</summary>
    ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken);
}
