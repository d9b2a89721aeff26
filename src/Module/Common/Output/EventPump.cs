using System.Collections.Concurrent;
using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>
/// Runs asynchronous work, and writes its events on the pipeline thread, the only thread that may write. This is the only place
/// that blocks a thread. When the pipeline stops it returns at once; the work is cancelled and ends in the background.
/// </summary>
/// <param name="write">Writes an event.</param>
/// <param name="idle">Called when there has been no event for a while, to show delayed progress.</param>
/// <param name="stop">Cancelled when the pipeline stops.</param>
internal sealed class EventPump(Action<ComposeEvent> write, Action idle, CancellationToken stop)
{
    private const int IdleMilliseconds = 200;
    private const int EndMilliseconds = 60;

    /// <summary>The most unwritten events of log streams; then the streams wait for the pipeline.</summary>
    private const int Capacity = 1024;

    public T Run<T>(Func<IEventSink, CancellationToken, Task<T>> work)
    {
        stop.ThrowIfCancellationRequested();
        var run = new CancellationTokenSource();
        // Never disposed: work that ends late may still use it, and it owns no system resources.
        var queue = new BlockingCollection<ComposeEvent>();
        var room = new SemaphoreSlim(Capacity);
        var token = run.Token;
        var task = Task.Run(async () =>
        {
            try
            {
                return await work(new QueueSink(queue, room), token).ConfigureAwait(false);
            }
            finally
            {
                queue.CompleteAdding();
            }
        });
        var isTaken = false;
        try
        {
            while (!queue.IsCompleted)
            {
                if (!queue.TryTake(out var composeEvent, IdleMilliseconds, stop))
                {
                    idle();
                    continue;
                }

                var throttled = composeEvent as Throttled;
                if (throttled is not null)
                    room.Release();
                write(throttled?.Event ?? composeEvent);
            }

            var result = task.GetAwaiter().GetResult();
            isTaken = true;
            return result;
        }
        finally
        {
            // Cancelled work needs time to close its connections. Wait for it, because the shell may exit next, but not long.
            var ending = Task.Run(() => EndAsync(task, isTaken, run));
            if (!isTaken)
                Task.WhenAny(ending, Task.Delay(EndMilliseconds)).GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// Cancels the work and waits for its end. Its exception is ignored, and a result that nobody took is disposed.
    /// </summary>
    private static async Task EndAsync<T>(Task<T> task, bool isTaken, CancellationTokenSource run)
    {
        using (run)
        {
            run.Cancel();
            await Task.WhenAny(task).ConfigureAwait(false);
        }

        if (task.Exception is null && !task.IsCanceled && !isTaken && await task.ConfigureAwait(false) is IDisposable late)
            late.Dispose();
    }

    /// <summary>The sink of the work. Events of streams wait for room in the queue, all others are added at once.</summary>
    private sealed class QueueSink(BlockingCollection<ComposeEvent> queue, SemaphoreSlim room) : IEventSink
    {
        public void Emit(ComposeEvent composeEvent)
        {
            if (queue.IsAddingCompleted)
                return;
            try
            {
                queue.Add(composeEvent);
            }
            catch (InvalidOperationException)
            {
                // The work has just ended, so the event is dropped.
                return;
            }
        }

        public async ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            Emit(new Throttled(composeEvent));
        }
    }

    /// <summary>An event of a stream, which frees its room when it is written.</summary>
    private sealed record Throttled(ComposeEvent Event) : ComposeEvent;
}
