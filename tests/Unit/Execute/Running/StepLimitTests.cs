using System.Collections.Concurrent;
using Compose.Execute.Running;

namespace Compose.Tests.Execute.Running;

public sealed class StepLimitTests
{
    [Fact]
    public async Task Of_those_that_wait_the_first_of_the_plan_goes_first()
    {
        var places = new StepLimit(1);
        Assert.True(await places.EnterAsync(1, CancellationToken.None));
        var order = new List<int>();
        var steps = new[] { 4, 2, 9, 3 }.Select(step => StepAsync(places, step, order)).ToList();

        places.Leave();
        await Task.WhenAll(steps);

        Assert.Equal([2, 3, 4, 9], order);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public void So_many_run_at_once_and_at_least_one(int count, int running)
    {
        var places = new StepLimit(count);

        Assert.Equal(running, Enumerable.Range(1, 5).Count(step => places.EnterAsync(step, CancellationToken.None).IsCompleted));
    }

    [Fact]
    public async Task A_cancelled_wait_ends_and_leaves_the_place_to_others()
    {
        var places = new StepLimit(1);
        Assert.True(await places.EnterAsync(1, CancellationToken.None));
        using var cancellation = new CancellationTokenSource();
        var cancelled = places.EnterAsync(2, cancellation.Token);
        var waiting = places.EnterAsync(3, CancellationToken.None);

        cancellation.Cancel();

        Assert.False(await cancelled);
        Assert.False(waiting.IsCompleted);
        places.Leave();
        Assert.True(await waiting);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_from_the_start_takes_no_place()
    {
        var places = new StepLimit(1);
        Assert.True(await places.EnterAsync(1, CancellationToken.None));

        Assert.False(await places.EnterAsync(2, new CancellationToken(true)));

        places.Leave();
        Assert.True(await places.EnterAsync(3, CancellationToken.None));
    }

    [Fact]
    public async Task Steps_from_many_threads_never_exceed_the_places()
    {
        var places = new StepLimit(4);
        var running = 0;
        var seen = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(1, 500).Select(step => Task.Run(async () =>
        {
            Assert.True(await places.EnterAsync(step, CancellationToken.None));
            seen.Add(Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            places.Leave();
        })));

        Assert.All(seen, together => Assert.InRange(together, 1, 4));
        Assert.Equal(500, seen.Count);
    }

    private static async Task StepAsync(StepLimit places, int step, List<int> order)
    {
        await places.EnterAsync(step, CancellationToken.None);
        order.Add(step);
        places.Leave();
    }
}
