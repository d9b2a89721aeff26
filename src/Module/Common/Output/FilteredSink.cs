using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>Passes on only the events that a filter accepts; results always pass.</summary>
internal sealed class FilteredSink(IEventSink sink, Func<ComposeEvent, bool> passes) : IEventSink
{
    /// <summary>Leaves out the progress of pulls.</summary>
    public static IEventSink WithoutPulls(IEventSink sink) =>
        new FilteredSink(sink, composeEvent => composeEvent is not ProgressEvent { Kind: ProgressKind.Pull });

    public void Emit(ComposeEvent composeEvent)
    {
        if (passes(composeEvent))
            sink.Emit(composeEvent);
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) =>
        sink.EmitAsync(composeEvent, cancellationToken);
}
