using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Events;
using Compose.Streams.Exec;
using Compose.Streams.Frames;

namespace Compose.Streams.Logs;

/// <summary>Emits what a container writes from now on, for log drivers that cannot be read.</summary>
internal sealed class LiveOutput(EngineClient engine, Func<DateTime> now, IEventSink sink)
{
    /// <summary>After this time the last lines have arrived.</summary>
    private static readonly TimeSpan LastLogLines = TimeSpan.FromMilliseconds(500);

    /// <summary>Attaches to the container until it ends.</summary>
    public async Task FollowAsync(LogSource source, CancellationToken cancellationToken)
    {
        var name = source.Template.Container;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // The connection to a stopped container stays open, so this also waits for the container's end.
            var exit = await engine.Containers.WaitAsync(source.Id, "not-running", over.Token).ConfigureAwait(false);
            var look = await engine.Containers.InspectAsync(source.Id, over.Token).ConfigureAwait(false);
            using var connection = await engine.Containers.AttachAsync(source.Id, false, null, over.Token).ConfigureAwait(false);
            var output = new CommandOutput.Lines(source.Template, now, sink);
            var reading = StreamCopy.RunAsync(connection, look.Config.Tty, name, null, output, over.Token);
            if (await Task.WhenAny(reading, exit).ConfigureAwait(false) == exit)
                await Task.WhenAny(reading, Task.Delay(LastLogLines, over.Token)).ConfigureAwait(false);
            over.Cancel();
            await reading.ConfigureAwait(false);
        }
        catch (Exception exception) when (over.IsCancellationRequested || exception is EngineException { Status: 404 or 409 })
        {
            sink.Emit(new DebugEvent($"{name} is no longer followed: {exception.Message}"));
        }
        finally
        {
            over.Cancel();
        }
    }
}
