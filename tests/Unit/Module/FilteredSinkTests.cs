using Compose.Events;
using Compose.Module.Common.Output;

namespace Compose.Tests.Module;

public class FilteredSinkTests
{
    [Fact]
    public void Without_pulls_every_other_progress_passes()
    {
        var passed = new PassedEvents();
        var sink = FilteredSink.WithoutPulls(passed);

        sink.Emit(ProgressEvent.Running(ProgressKind.Pull, "image a", "Pulling", "Asking the registry"));
        sink.Emit(ProgressEvent.Layer(ProgressKind.Pull, "image a", "1f2e", "Extracting", completed: false));
        sink.Emit(ProgressEvent.Ended(ProgressKind.Pull, "image:a", "PullImage", "Done"));
        sink.Emit(ProgressEvent.Layer(ProgressKind.Push, "image b", "3d4c", "Pushed", completed: true));
        sink.Emit(ProgressEvent.Running(ProgressKind.Step, "service:web:1", "CreateContainer", "Working"));
        sink.Emit(new VerboseEvent("said"));

        Assert.Equal(["image b 3d4c", "service:web:1"], passed.Events.OfType<ProgressEvent>().Select(progress => progress.Id));
        Assert.Single(passed.Events.OfType<VerboseEvent>());
    }

    private sealed class PassedEvents : IEventSink
    {
        public List<ComposeEvent> Events { get; } = [];

        public void Emit(ComposeEvent composeEvent) => Events.Add(composeEvent);

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
