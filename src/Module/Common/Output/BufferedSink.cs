using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>Keeps events until they are released, so that the events of parallel readers can be written in order.</summary>
internal sealed class BufferedSink(IEventSink sink) : IEventSink
{
    private readonly List<ComposeEvent> _events = [];

    public void Emit(ComposeEvent composeEvent)
    {
        lock (_events)
            _events.Add(composeEvent);
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
    {
        Emit(composeEvent);
        return default;
    }

    /// <summary>Passes on the kept events, in their order.</summary>
    public void Release()
    {
        lock (_events)
            _events.ForEach(sink.Emit);
    }
}
