namespace Compose.Events;

/// <summary>Takes events from any thread. Only log streams are throttled by a slow consumer.</summary>
internal interface IEventSink
{
    /// <summary>Hands over an event without waiting for it to be shown.</summary>
    void Emit(ComposeEvent composeEvent);

    /// <summary>Hands over an event of a stream; completes when the consumer has room for it.</summary>
    ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken);
}
