using System.Collections.Concurrent;
using System.Globalization;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.State;
using Compose.State.Reading;
using Compose.Streams.Events;

namespace Compose.Streams.Logs;

/// <summary>Reads the logs of a project's containers: merged by time, or followed as lines arrive.</summary>
internal sealed class LogReader(EngineClient engine, LogRequest request, IEventSink sink)
{
    /// <summary>How long to wait for the last lines before -Until.</summary>
    private static readonly TimeSpan LastLogLines = TimeSpan.FromMilliseconds(500);

    /// <summary>Shows containers whose log driver cannot be read; null to warn about them.</summary>
    public LiveOutput? Live { get; init; }

    private readonly ConcurrentDictionary<string, bool> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Emits the lines of existing containers, merged by time.</summary>
    /// <exception cref="ComposeException">The engine is gone; earlier lines were emitted.</exception>
    public async Task ReadAsync(IEnumerable<ComposeContainer> containers, CancellationToken cancellationToken)
    {
        var sources = containers.Where(IsWanted).Select(container => LogSource.From(engine.EngineHost, container)).ToList();
        var batch = new LogBatch(sink);
        var readers = new List<(LogSource Source, LogLineReader Reader, LogLine Line)>();
        var opening = sources.ConvertAll(source => OpenAsync(source, Query(), cancellationToken));
        try
        {
            await Task.WhenAll(opening).ConfigureAwait(false);
            foreach (var (source, opened) in sources.Zip(opening, (source, opened) => (source, opened)))
            {
                if (await opened.ConfigureAwait(false) is not { } reader)
                    continue;
                if (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } first)
                    readers.Add((source, reader, first));
                else
                    reader.Dispose();
            }

            await MergeAsync(readers, batch, cancellationToken).ConfigureAwait(false);
            await batch.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException)
        {
            await batch.FlushAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            foreach (var opened in opening.Where(opened => opened.Status == TaskStatus.RanToCompletion))
                (await opened.ConfigureAwait(false))?.Dispose();
        }
    }

    /// <summary>Emits the earliest of the containers' next lines; lines of equal time in the containers' order.</summary>
    private static async Task MergeAsync(
        List<(LogSource Source, LogLineReader Reader, LogLine Line)> readers, LogBatch batch, CancellationToken cancellationToken)
    {
        while (readers.Count > 0)
        {
            var earliest = Earliest(readers);
            var (source, reader, line) = readers[earliest];
            await batch.AddAsync(source, line, cancellationToken).ConfigureAwait(false);
            var next = reader.NextAsync(cancellationToken);
            if (!next.IsCompleted)
                await batch.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (await next.ConfigureAwait(false) is { } found)
            {
                readers[earliest] = (source, reader, found);
            }
            else
            {
                reader.Dispose();
                readers.RemoveAt(earliest);
            }
        }
    }

    /// <summary>
    /// Emits lines as they arrive, also of containers that are created or restarted later, until cancelled or until -Until.
    /// </summary>
    /// <exception cref="ComposeException">The engine is gone; earlier lines were emitted.</exception>
    /// <param name="feed">The containers.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="enough">When cancelled, later starts are ignored, and the reading ends when the containers being read have
    /// ended.</param>
    public async Task FollowAsync(ContainerFeed feed, CancellationToken cancellationToken, CancellationToken enough = default)
    {
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = new Dictionary<string, Task<DateTime?>>(StringComparer.Ordinal);
        try
        {
            await foreach (var (container, cause) in feed.ReadAsync(listening.Token).ConfigureAwait(false))
            {
                if (!IsWanted(container))
                    continue;
                var known = reading.TryGetValue(container.Id, out var earlier);
                if (known && ((!earlier!.IsCompleted && cause != FeedCause.Started) || container.State != "Running"))
                    continue;
                var source = LogSource.From(engine.EngineHost, container);
                // Existing containers are read as requested, new ones from their start, restarted ones from where the reading
                // stopped.
                var query = cause == FeedCause.Present ? Query() : FollowFrom(request.Since);
                reading[container.Id] = known
                    ? ResumeAsync(source, earlier!, ended.Token)
                    : FollowAsync(source, query, ended.Token);
            }

            // It is -Until. The engine ends a log only when its container writes again, so wait no longer than this.
            await Task.WhenAny(Task.WhenAll(reading.Values), Task.Delay(LastLogLines, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(reading.Values).ConfigureAwait(false);
        }
        finally
        {
            ended.Cancel();
        }
    }

    /// <summary>Continues after the previous run was read: its stream may end after the event of the next start.</summary>
    private async Task<DateTime?> ResumeAsync(LogSource source, Task<DateTime?> earlier, CancellationToken cancellationToken)
    {
        var last = await earlier.ConfigureAwait(false);
        var since = last?.AddTicks(1)
            ?? request.Since
            ?? await PreviousEndAsync(source.Id, cancellationToken).ConfigureAwait(false);
        return await FollowAsync(source, FollowFrom(since), cancellationToken).ConfigureAwait(false) ?? last;
    }

    /// <summary>Reads one container to its end, and returns the time of its last line.</summary>
    private async Task<DateTime?> FollowAsync(LogSource source, LogQuery query, CancellationToken cancellationToken)
    {
        DateTime? last = null;
        var batch = new LogBatch(sink);
        try
        {
            using var reader = await OpenAsync(source, query, cancellationToken).ConfigureAwait(false);
            if (reader is null && Live is { } live && _unreadable.ContainsKey(source.Id))
                await live.FollowAsync(source, cancellationToken).ConfigureAwait(false);
            while (reader is not null)
            {
                var next = reader.NextAsync(cancellationToken);
                if (!next.IsCompleted)
                    await batch.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (await next.ConfigureAwait(false) is not { } line)
                    break;
                last = line.Timestamp;
                await batch.AddAsync(source, line, cancellationToken).ConfigureAwait(false);
            }

            await batch.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested
            || exception is ComposeException and not EngineException)
        {
            if (!cancellationToken.IsCancellationRequested)
                await batch.FlushAsync(cancellationToken).ConfigureAwait(false);
            // The event stream reports a lost engine once for all containers; only an answer that is no log is reported here.
            sink.Emit(exception is ComposeException { Info: var info } && info.Id == EngineErrors.Protocol.Id
                ? new ErrorEvent(info)
                : new DebugEvent($"The log of {source.Template.Container} is no longer followed: {exception.Message}"));
        }

        return last;
    }

    /// <summary>The container's log, or null if the container is gone or its log driver cannot be read.</summary>
    private async Task<LogLineReader?> OpenAsync(LogSource source, LogQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenAsync(engine, query, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status is 404 or 409)
        {
            sink.Emit(new VerboseEvent($"{source.Template.Container} is gone."));
            return null;
        }
        catch (EngineException exception) when (exception.Refusal == EngineRefusal.NotSupported)
        {
            _unreadable[source.Id] = true;
            var text = $"The log of {source.Template.Container} cannot be read: {exception.Info.Message}";
            sink.Emit(Live is null ? new WarningEvent(text) : new DebugEvent(text));
            return null;
        }
        catch (EngineException exception)
        {
            // The other containers' logs are still read.
            sink.Emit(new ErrorEvent(exception.Info));
            return null;
        }
    }

    /// <summary>When the previous run ended: later lines belong to this run.</summary>
    private async Task<DateTime?> PreviousEndAsync(string id, CancellationToken cancellationToken)
    {
        var look = await StateReader.PresentAsync(engine.Containers.InspectAsync(id, cancellationToken)).ConfigureAwait(false);
        return ResourceMapping.Time(look?.State.FinishedAt) is { Year: > 1 } end ? end : null;
    }

    private static int Earliest(List<(LogSource Source, LogLineReader Reader, LogLine Line)> readers)
    {
        var earliest = 0;
        for (var index = 1; index < readers.Count; index++)
        {
            if (readers[index].Line.Timestamp < readers[earliest].Line.Timestamp)
                earliest = index;
        }

        return earliest;
    }

    /// <summary>One-offs are not replicas: their logs are read only if they are named.</summary>
    private bool IsWanted(ComposeContainer container) =>
        request.Choice.Includes(container) && (!container.OneOff || request.Choice.Containers.Contains(container.Container));

    private LogQuery Query() =>
        new(request.Follow, Text(request.Since), Text(request.Until), request.Tail?.ToString(CultureInfo.InvariantCulture));

    private LogQuery FollowFrom(DateTime? since) => new(true, Text(since), Text(request.Until), null);

    private static string? Text(DateTime? time) => time is { } moment ? UnixTime.Text(moment) : null;
}
