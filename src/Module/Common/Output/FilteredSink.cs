using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>Passes on what is wanted of what is told. Results always are.</summary>
internal sealed class FilteredSink(IEventSink sink, Func<ComposeEvent, bool> passes) : IEventSink
{
    /// <summary>Leaves out the progress of pulls.</summary>
    public static IEventSink WithoutPulls(IEventSink sink) =>
        new FilteredSink(sink, told => told is not ProgressEvent { Activity: nameof(Plan.PullImage) or "Pulling" or "Layer" });

    public void Emit(ComposeEvent composeEvent)
    {
        if (passes(composeEvent))
            sink.Emit(composeEvent);
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) =>
        sink.EmitAsync(composeEvent, cancellationToken);
}
