using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Run;

/// <summary>
/// Looks at the services and tasks of a stack, for all who wait for them together. A look follows each event; since tasks on
/// other nodes cause no event, it also follows a second without one.
/// </summary>
internal sealed class StackWatch(EngineClient engine, string stack) : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private readonly CancellationTokenSource _stop = new();
    private readonly object _lock = new();
    private TaskCompletionSource<ObservedStack>? _next;
    private TaskCompletionSource<bool> _event = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _listening;
    private bool _isLooking;

    /// <summary>The next look that has not begun yet, so that it shows all that was done before the call.</summary>
    public async Task<ObservedStack> NextAsync(CancellationToken cancellationToken)
    {
        Task<ObservedStack> look;
        lock (_lock)
        {
            _next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            look = _next.Task;
            _listening ??= Task.Run(ListenAsync);
            if (!_isLooking)
            {
                _isLooking = true;
                _ = Task.Run(LookAsync);
            }
        }

        var cancelled = new TaskCompletionSource<ObservedStack>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled()))
            return await (await Task.WhenAny(look, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Looks as long as somebody waits.</summary>
    private async Task LookAsync()
    {
        var token = _stop.Token;
        while (!token.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Silence, token), EventAsync(token)).ConfigureAwait(false);
            TaskCompletionSource<ObservedStack> waiting;
            lock (_lock)
            {
                if (_next is null)
                {
                    _isLooking = false;
                    return;
                }

                (waiting, _next) = (_next, null);
            }

            try
            {
                var look = await new StackReader(engine).RunningAsync(stack, token).ConfigureAwait(false);
                waiting.TrySetResult(look);
            }
            catch (Exception exception) when (exception is ComposeException or OperationCanceledException)
            {
                // Those who wait get the error.
                waiting.TrySetException(exception);
            }
        }
    }

    /// <summary>Ends after the next event, and a pause in which more may come.</summary>
    private async Task EventAsync(CancellationToken token)
    {
        Task next;
        lock (_lock)
            next = _event.Task;
        await next.ConfigureAwait(false);
        await Task.Delay(Pause, token).ConfigureAwait(false);
    }

    private async Task ListenAsync()
    {
        var filters = new Filters().With("type", "service", "container");
        try
        {
            await foreach (var _ in engine.System.EventsAsync(null, filters, _stop.Token).ConfigureAwait(false))
            {
                TaskCompletionSource<bool> heard;
                lock (_lock)
                    (heard, _event) = (_event, new(TaskCreationOptions.RunContinuationsAsynchronously));
                heard.TrySetResult(true);
            }
        }
        catch (Exception exception) when (exception is ComposeException
            or OperationCanceledException
            or IOException
            or HttpRequestException
            or ObjectDisposedException)
        {
            // Without events a look follows each second.
            return;
        }
    }
}
