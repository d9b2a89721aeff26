using System.Globalization;
using Compose.Engine.Api;
using Compose.Events;
using Compose.State;

namespace Compose.Streams;

/// <summary>Reads the logs of a project's containers: merged by time, or followed as they come.</summary>
internal sealed class LogReader(EngineClient engine, LogRequest request, IEventSink sink)
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="containers">The containers there are.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task ReadAsync(IEnumerable<ComposeContainer> containers, CancellationToken cancellationToken)
    {
        var sources = containers.Select(container => LogSource.From(engine.EngineHost, container)).Where(source => source.IsWanted(request)).ToList();
        return request.Follow ? FollowAsync(sources, cancellationToken) : MergeAsync(sources, cancellationToken);
    }

    /// <summary>Every container's next line is at hand; the earliest goes first. Equal times keep the containers' order.</summary>
    private async Task MergeAsync(List<LogSource> sources, CancellationToken cancellationToken)
    {
        var readers = new List<(LogSource Source, LogLineReader Reader, LogLine Line)>();
        try
        {
            var opened = await Task.WhenAll(sources.Select(source => source.OpenAsync(engine, Query(), cancellationToken))).ConfigureAwait(false);
            for (var index = 0; index < opened.Length; index++)
            {
                if (await opened[index].NextAsync(cancellationToken).ConfigureAwait(false) is { } first)
                    readers.Add((sources[index], opened[index], first));
                else
                    opened[index].Dispose();
            }

            while (readers.Count > 0)
            {
                var earliest = 0;
                for (var index = 1; index < readers.Count; index++)
                {
                    if (readers[index].Line.Timestamp < readers[earliest].Line.Timestamp)
                        earliest = index;
                }

                var (source, reader, line) = readers[earliest];
                await EmitAsync(source, line, cancellationToken).ConfigureAwait(false);
                if (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } next)
                {
                    readers[earliest] = (source, reader, next);
                }
                else
                {
                    reader.Dispose();
                    readers.RemoveAt(earliest);
                }
            }
        }
        finally
        {
            foreach (var (_, reader, _) in readers)
                reader.Dispose();
        }
    }

    /// <summary>Each container is read as it writes; one that starts meanwhile joins.</summary>
    private async Task FollowAsync(List<LogSource> sources, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = sources.ToDictionary(source => source.Id, source => FollowAsync(source, Query(), ended.Token), StringComparer.Ordinal);
        try
        {
            var filters = Filters.Label(ComposeLabels.Of(ComposeLabels.Project, request.ProjectName)).With("type", "container").With("event", "start");
            await foreach (var started in engine.System.EventsAsync(null, filters, cancellationToken).ConfigureAwait(false))
            {
                var source = LogSource.From(engine.EngineHost, started);
                var known = reading.TryGetValue(source.Id, out var earlier);
                if (!source.IsWanted(request) || (known && !earlier!.IsCompleted))
                    continue;
                // A new container is read from its beginning, a restarted one from where it was left.
                var last = known ? await earlier!.ConfigureAwait(false) : null;
                reading[source.Id] = FollowAsync(source, new LogQuery(true, UnixTime(last?.AddTicks(1)), null, null), ended.Token);
            }
        }
        finally
        {
            ended.Cancel();
        }
    }

    /// <summary>Reads one container to its end; answers the time of its last line.</summary>
    private async Task<DateTime?> FollowAsync(LogSource source, LogQuery query, CancellationToken cancellationToken)
    {
        DateTime? last = null;
        try
        {
            using var reader = await source.OpenAsync(engine, query, cancellationToken).ConfigureAwait(false);
            while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                last = line.Timestamp;
                await EmitAsync(source, line, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (EngineException exception) when (exception.Status is 404 or 409)
        {
            sink.Emit(new VerboseEvent($"{source.Template.Container} is gone."));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            sink.Emit(new DebugEvent($"The log of {source.Template.Container} is no longer followed."));
        }

        return last;
    }

    private ValueTask EmitAsync(LogSource source, LogLine line, CancellationToken cancellationToken) =>
        sink.EmitAsync(new ResultEvent(source.Template with
        {
            Timestamp = line.Timestamp, Stream = line.IsError ? "stderr" : "stdout", Message = line.Message,
        }), cancellationToken);

    private LogQuery Query() => new(request.Follow, UnixTime(request.Since), UnixTime(request.Until), request.Tail?.ToString(CultureInfo.InvariantCulture));

    private static string? UnixTime(DateTime? time) => time is not { } utc
        ? null
        : string.Format(CultureInfo.InvariantCulture, "{0}.{1:0000000}", (utc - Epoch).Ticks / TimeSpan.TicksPerSecond, (utc - Epoch).Ticks % TimeSpan.TicksPerSecond);
}
