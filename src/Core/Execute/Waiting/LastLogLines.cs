using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Streams.Logs;

namespace Compose.Execute.Waiting;

/// <summary>The last lines of a container's log, to explain its end.</summary>
internal static class LastLogLines
{
    private const int Count = 10;
    private static readonly LogQuery Query = new(false, null, null, "10");

    public static async Task<IReadOnlyCollection<string>> OfAsync(
        EngineClient engine, string id, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.TimeLimit.AwaitAsync(
                token => ReadAsync(engine, id, token),
                (length, inner) =>
                    EngineErrors.NoAnswer.Exception($"it took longer than {TimeLimit.Format(length)}.", id, inner: inner),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new VerboseEvent($"The log cannot be read: {exception.Message}"));
            return [];
        }
    }

    private static async Task<IReadOnlyCollection<string>> ReadAsync(
        EngineClient engine, string id, CancellationToken cancellationToken)
    {
        var log = await engine.Containers.LogsAsync(id, Query, cancellationToken).ConfigureAwait(false);
        using var reader = new LogLineReader(log, id);
        var lines = new Queue<string>();
        while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Message.Length > 0)
                lines.Enqueue(line.Message);
            if (lines.Count > Count)
                lines.Dequeue();
        }

        return lines;
    }
}
