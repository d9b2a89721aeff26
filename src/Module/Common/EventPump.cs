using System.Collections.Concurrent;
using Compose.Events;

namespace Compose.Module.Common;

/// <summary>
/// Runs asynchronous work and writes its events on the pipeline thread, the only thread that may write.
/// The one place of the product that blocks. After a stop it leaves at once; the work gets its token and ends by itself.
/// </summary>
/// <param name="write">Writes one event.</param>
/// <param name="idle">Called when nothing has come for a while: what was held back can be shown.</param>
/// <param name="stop">Ends the pipeline.</param>
internal sealed class EventPump(Action<ComposeEvent> write, Action idle, CancellationToken stop)
{
    private const int IdleMilliseconds = 200;

    /// <summary>A slow consumer throttles what streams, at this many events.</summary>
    private const int Capacity = 1024;

    public T Run<T>(Func<IEventSink, CancellationToken, Task<T>> work)
    {
        var run = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var queue = new BlockingCollection<ComposeEvent>();
        var room = new SemaphoreSlim(Capacity);
        var task = Task.Run(async () =>
        {
            try
            {
                return await work(new QueueSink(queue, room), run.Token).ConfigureAwait(false);
            }
            finally
            {
                queue.CompleteAdding();
            }
        });
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

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            run.Cancel();
            // Whatever the work still throws after we have left is nobody's any more.
            task.ContinueWith(ended => { _ = ended.Exception; queue.Dispose(); room.Dispose(); run.Dispose(); }, TaskScheduler.Default);
        }
    }

    /// <summary>What streams waits for room; everything else is taken at once.</summary>
    private sealed class QueueSink(BlockingCollection<ComposeEvent> queue, SemaphoreSlim room) : IEventSink
    {
        public void Emit(ComposeEvent composeEvent)
        {
            if (!queue.IsAddingCompleted)
                queue.Add(composeEvent);
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
