using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.State;

namespace Compose.Execute.Waiting;

/// <summary>
/// Signals that something happened to a container. Events only trigger a re-inspect; state always comes from inspect, so lost or
/// repeated events are harmless: each connection reads the engine's past events again, and waits re-inspect after a time without
/// events.
/// </summary>
internal sealed class ContainerEvents(EngineClient engine, string projectName) : IDisposable
{
    /// <summary>In place of an id: any container of the project, also one that does not exist yet.</summary>
    public const string Any = "";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<bool>> _next = new();
    private readonly ConcurrentDictionary<string, SortedList<long, int>> _ends = new();
    private readonly object _lock = new();
    private Task? _reader;
    private volatile bool _isListening;

    /// <summary>Begins to listen. Call it before the first start.</summary>
    public void Open()
    {
        lock (_lock)
            _reader ??= Task.Run(ReadAsync);
    }

    /// <summary>A task that completes at the container's next event. Take it before inspecting the container.</summary>
    public Task Next(string id) =>
        _next.GetOrAdd(id, _ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>
    /// The container's last end, in nanoseconds since 1970 by the engine's clock, with the exit code; null without an event.
    /// </summary>
    public (long TimeNano, int Code)? LastEnd(string id) => Ends(id) is { Count: > 0 } ends ? ends[ends.Count - 1] : null;

    /// <summary>All ends of a container that events reported, oldest first.</summary>
    public IReadOnlyList<(long TimeNano, int Code)> Ends(string id)
    {
        if (!_ends.TryGetValue(id, out var ends))
            return [];
        lock (ends)
            return [.. ends.Select(end => (end.Key, end.Value))];
    }

    /// <summary>The exit code of an end after a time of the engine's clock; null if no event reported one.</summary>
    public int? EndAfter(string id, DateTime moment) =>
        LastEnd(id) is { } end && end.TimeNano > UnixTime.Nano(moment) ? end.Code : null;

    /// <summary>
    /// Whether events still arrive. An engine that is being stopped refuses requests but still reports how containers end.
    /// </summary>
    public bool IsListening => _isListening;

    /// <summary>Waits for one of the events, but no longer than the time after which to look anyway.</summary>
    public static async Task AnyAsync(IEnumerable<Task> events, TimeSpan? limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = limit is { } left && left < Silence ? left : Silence;
        await Task.WhenAny([.. events, Task.Delay(pause < TimeSpan.Zero ? TimeSpan.Zero : pause, timer.Token)])
            .ConfigureAwait(false);
        timer.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Signal(string id)
    {
        if (_next.TryRemove(id, out var waiting))
            waiting.TrySetResult(true);
    }

    private void Record(string id, long timeNano, int code)
    {
        var ends = _ends.GetOrAdd(id, _ => []);
        lock (ends)
            ends[timeNano] = code;
    }

    private async Task ReadAsync()
    {
        var token = _stop.Token;
        while (!token.IsCancellationRequested)
        {
            var broken = await ListenAsync(token).ConfigureAwait(false);
            if (!token.IsCancellationRequested)
                await Task.WhenAny(Task.Delay(broken ? Retry : TimeSpan.FromMilliseconds(100), token)).ConfigureAwait(false);
        }
    }

    /// <summary>Listens until the stream ends. True if it broke; waits then continue by re-inspecting.</summary>
    private async Task<bool> ListenAsync(CancellationToken token)
    {
        try
        {
            _isListening = true;
            var filters = Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName)).With("type", "container");
            await foreach (var engineEvent in engine.System.EventsAsync(1, filters, token).ConfigureAwait(false))
            {
                if (engineEvent.Action == "die"
                    && engineEvent.Actor.Attributes?.TryGetValue("exitCode", out var text) == true
                    && int.TryParse(text, out var code))
                    Record(engineEvent.Actor.ID, engineEvent.TimeNano, code);
                Signal(engineEvent.Actor.ID);
                Signal(Any);
            }

            _isListening = false;
            SignalAll();
            return false;
        }
        catch (Exception exception) when (exception is OperationCanceledException
            or ComposeException
            or IOException
            or HttpRequestException
            or ObjectDisposedException)
        {
            // The next inspection shows whether the engine is gone. Nothing waits for a cancelled watch.
            _isListening = false;
            if (!token.IsCancellationRequested)
                SignalAll();
            return true;
        }
    }

    private void SignalAll()
    {
        foreach (var id in _next.Keys)
            Signal(id);
    }
}
