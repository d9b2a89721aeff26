using Compose.Events;
using Compose.Module.Common.Output;

namespace Compose.Tests.Module;

/// <summary>The event pump between asynchronous work and the pipeline thread.</summary>
public class EventPumpTests
{
    [Fact]
    public void Events_are_written_in_order_on_the_callers_thread_before_the_result()
    {
        var (written, threads) = (new List<string>(), new HashSet<int>());
        var pump = new EventPump(Write, () => { }, CancellationToken.None);

        var result = pump.Run(async (sink, token) =>
        {
            for (var number = 0; number < 3; number++)
                await sink.EmitAsync(new VerboseEvent($"{number}"), token);
            await Task.Yield();
            sink.Emit(new VerboseEvent("last"));
            return 42;
        });

        Assert.Equal(42, result);
        Assert.Equal(["0", "1", "2", "last"], written);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);

        void Write(ComposeEvent told)
        {
            written.Add(((VerboseEvent)told).Message);
            threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public void A_slow_consumer_throttles_what_streams()
    {
        var (sent, written, lead) = (0, 0, 0);
        var pump = new EventPump(
            _ => lead = Math.Max(lead, Volatile.Read(ref sent) - ++written), () => { }, CancellationToken.None);

        pump.Run(async (sink, token) =>
        {
            for (var number = 0; number < 5_000; number++)
            {
                await sink.EmitAsync(new VerboseEvent(""), token);
                Interlocked.Increment(ref sent);
            }

            return 0;
        });

        Assert.Equal(5_000, written);
        Assert.InRange(lead, 0, 1_024);
    }

    [Fact]
    public void A_stop_leaves_at_once_even_when_the_work_is_deaf()
    {
        using var stop = new CancellationTokenSource(100);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Throws<OperationCanceledException>(() => new EventPump(_ => { }, () => { }, stop.Token).Run(async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(2), CancellationToken.None);
            return 0;
        }));

        Assert.InRange(watch.ElapsedMilliseconds, 50, 30_000);
    }

    [Fact]
    public async Task An_exception_out_of_the_consumer_ends_the_work()
    {
        var ended = new TaskCompletionSource<bool>();

        Assert.Throws<InvalidOperationException>(() =>
            new EventPump(_ => throw new InvalidOperationException(), () => { }, CancellationToken.None)
                .Run<int>(async (sink, token) =>
        {
            try
            {
                while (true)
                    await sink.EmitAsync(new VerboseEvent(""), token);
            }
            finally
            {
                ended.SetResult(token.IsCancellationRequested);
            }
        }));

        Assert.True(await ended.Task);
    }

    [Fact]
    public void The_works_exception_comes_after_its_events()
    {
        var written = 0;

        Assert.Throws<InvalidOperationException>(() =>
            new EventPump(_ => written++, () => { }, CancellationToken.None).Run<int>((sink, _) =>
        {
            sink.Emit(new VerboseEvent(""));
            throw new InvalidOperationException();
        }));

        Assert.Equal(1, written);
    }

    [Fact]
    public void Silence_is_told_so_that_what_was_held_back_is_shown()
    {
        var idle = 0;

        new EventPump(_ => { }, () => idle++, CancellationToken.None).Run(async (_, token) =>
        {
            await Task.Delay(700, token);
            return 0;
        });

        Assert.True(idle > 0);
    }
}
