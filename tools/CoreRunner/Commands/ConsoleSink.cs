using Compose.Events;

namespace Compose.CoreRunner.Commands;

/// <summary>Writes results to standard output, and other events to standard error.</summary>
internal sealed class ConsoleSink : IEventSink
{
    public void Emit(ComposeEvent composeEvent)
    {
        switch (composeEvent)
        {
            case ResultEvent {
                Result: Streams.ComposeLogEntry entry}: Console.WriteLine($"{entry.Container} | {entry.Message}"); break;
            case ResultEvent result: Console.WriteLine(result.Result); break;
            case WarningEvent warning: Console.Error.WriteLine("warning: " + warning.Message); break;
            case ErrorEvent error: Console.Error.WriteLine("error: " + error.Error); break;
            case ProgressEvent { Completed: true, ParentId: null } progress: Console.Error.WriteLine(
                $"{progress.Activity} {progress.Id}: {progress.Status}"); break;
        }
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
    {
        Emit(composeEvent);
        return default;
    }
}
