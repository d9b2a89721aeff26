using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>Keeps events back until they are released, so that what several readers give has an order.</summary>
internal sealed class HeldSink(IEventSink sink) : IEventSink
{
    private readonly List<ComposeEvent> _held = [];

    public void Emit(ComposeEvent composeEvent)
    {
        lock (_held)
            _held.Add(composeEvent);
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
    {
        Emit(composeEvent);
        return default;
    }

    /// <summary>Passes on what was kept, in the order in which it came.</summary>
    public void Release()
    {
        lock (_held)
            _held.ForEach(sink.Emit);
    }
}
