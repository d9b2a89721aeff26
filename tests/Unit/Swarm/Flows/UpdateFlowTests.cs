#if NET
using Compose.Events;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Flows;

/// <summary>Updates that go through, and updates that fail.</summary>
[Collection(SwarmPairs.Name)]
public class UpdateFlowTests(SharedSwarmPair shared)
{
    [SwarmPairFact]
    public async Task A_rolling_update_is_seen_through_and_always_has_its_replicas()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "roll");
        (await stack.DeployAsync(Text("sleep 600", "order: start-first, monitor: 1s, delay: 1s"))).AssertSucceeded();
        var old = await stack.TasksAsync("web");
        using var stop = new CancellationTokenSource();
        var least = LeastRunningAsync(stack, stop.Token);

        (await stack.DeployAsync(Text("sleep 601", "order: start-first, monitor: 1s, delay: 1s"))).AssertSucceeded();

        await stop.CancelAsync();
        Assert.Equal(3, await least);
        var service = await stack.ServiceAsync("web");
        Assert.Equal(("Running", "Completed"), (service.State, service.Update));
        Assert.Empty(old.Select(task => task.Id).Intersect((await stack.TasksAsync("web")).Select(task => task.Id)));
        var shown = stack.Events.OfType<ProgressEvent>().Select(progress => progress.ToString()).ToList();
        Assert.Contains(shown, text => text.Contains("updating", StringComparison.Ordinal));
    }

    [SwarmPairTheory]
    [InlineData("rollback", "rolled back", "sleep 600")]
    [InlineData("pause", "paused", "sh -c 'echo broken; exit 7'")]
    public async Task A_failing_update_is_explained_and_ends_as_the_file_says(string action, string state, string command)
    {
        const string Broken = "sh -c 'echo broken; exit 7'";
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, action);
        (await stack.DeployAsync(Text("sleep 600", $"failure_action: {action}, monitor: 3s"))).AssertSucceeded();

        var report = await stack.DeployAsync(Text(Broken, $"failure_action: {action}, monitor: 3s"));

        var error = Assert.Single(report.Failed).Error!;
        Assert.Equal("RolloutFailed", error.Id);
        Assert.All(
            [state, "(7)", "broken"], text => Assert.True(error.Message.Contains(text, StringComparison.Ordinal), error.Message));
        var plan = await stack.PlanAsync(Text(command, $"failure_action: {action}, monitor: 3s"));
        Assert.True(plan.IsEmpty, plan.Text);
    }

    private static string Text(string command, string update) => $$"""
        services:
          web:
            image: busybox
            command: {{command}}
            stop_grace_period: 1s
            deploy:
              replicas: 3
              update_config: {{{update}}}
        """;

    /// <summary>The least number of running tasks seen, until cancelled.</summary>
    private static async Task<int> LeastRunningAsync(TestStack stack, CancellationToken cancellationToken)
    {
        var least = int.MaxValue;
        while (!cancellationToken.IsCancellationRequested)
        {
            least = Math.Min(least, (await stack.TasksAsync("web", all: true)).Count(task => task.State == "Running"));
            await Task.Delay(100);
        }

        return least;
    }
}
#endif
