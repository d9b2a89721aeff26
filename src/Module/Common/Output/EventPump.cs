using System.Collections.Concurrent;
using Compose.Events;

namespace Compose.Module.Common.Output;

/// <summary>
/// Runs asynchronous work and writes its events on the pipeline thread, the only thread that may write.
/// The one place where a caller is blocked. After a stop it leaves at once; the work gets its token and ends by itself.
/// </summary>
/// <param name="write">Writes one event.</param>
/// <param name="idle">Called when nothing has come for a while: what was held back can be shown.</param>
/// <param name="stop">Ends the pipeline.</param>
internal sealed class EventPump(Action<ComposeEvent> write, Action idle, CancellationToken stop)
{
    private const int IdleMilliseconds = 200;
    private const int EndMilliseconds = 60;

    /// <summary>A slow consumer throttles what streams, at this many events.</summary>
    private const int Capacity = 1024;

    public T Run<T>(Func<IEventSink, CancellationToken, Task<T>> work)
    {
        stop.ThrowIfCancellationRequested();
        var run = new CancellationTokenSource();
        // Never disposed, for who is late may still look at it; it holds nothing of the system's.
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
            // Closing what was open takes its time. Whoever stops the pipeline waits a moment for it, as the shell may end next,
            // but no longer.
            var ending = Task.Run(() => EndAsync(task, isTaken, run));
            if (!isTaken)
                Task.WhenAny(ending, Task.Delay(EndMilliseconds)).GetAwaiter().GetResult();
        }
    }

    /// <summary>Ends the work. What it still answers is nobody's any more, and what it still throws neither.</summary>
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

    /// <summary>What streams waits for room; everything else is taken at once.</summary>
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
                // The work ended at this very moment; whoever tells of something only now tells nobody.
                return;
            }
        }

        public async ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            Emit(new Throttled(composeEvent));
        }
    }

    /// <summary>An event that took up room in the queue.</summary>
    private sealed record Throttled(ComposeEvent Event) : ComposeEvent;
}
