#if NET
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Flows;

/// <summary>What becomes of tasks when a node is drained, or dies and comes back.</summary>
[Collection(SwarmPairs.Name)]
public class NodeFlowTests(SharedSwarmPair shared)
{
    private const string Text = """
        services:
          web: {image: busybox, command: sleep 600, stop_grace_period: 1s, deploy: {replicas: 2}}
        """;

    [SwarmPairFact]
    public async Task The_tasks_of_a_drained_node_move()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "drain");
        (await stack.DeployAsync(Text)).AssertSucceeded();
        var worker = Assert.Single(await stack.NodesAsync(), node => node.Role == "Worker");
        Assert.Equal("two", worker.Labels["place"]);
        try
        {
            await shared.Pair.DockerAsync("node", "update", "--availability", "drain", worker.NodeId);

            await stack.ReachedAsync("web", tasks =>
                tasks.Count == 2 && tasks.All(task => task.State == "Running" && task.NodeId != worker.NodeId));
            Assert.Equal("Drain", (await stack.NodesAsync()).Single(node => node.NodeId == worker.NodeId).Availability);
        }
        finally
        {
            await shared.Pair.DockerAsync("node", "update", "--availability", "active", worker.NodeId);
        }
    }

    [SwarmPairFact]
    public async Task The_tasks_of_a_dead_node_run_elsewhere_and_the_node_comes_back()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "dead");
        (await stack.DeployAsync(Text)).AssertSucceeded();
        var worker = Assert.Single(await stack.NodesAsync(), node => node.Role == "Worker");

        await shared.Pair.Worker.KillAsync();
        try
        {
            await stack.ReachedAsync("web", tasks =>
                tasks.Count == 2 && tasks.All(task => task.State == "Running" && task.NodeId != worker.NodeId));
            Assert.Equal("Down", (await stack.NodesAsync()).Single(node => node.NodeId == worker.NodeId).State);
        }
        finally
        {
            await shared.Pair.Worker.BeginAsync();
        }

        for (var tries = 0; (await stack.NodesAsync()).Single(node => node.NodeId == worker.NodeId).State != "Ready"; tries++)
        {
            Assert.True(tries < 120, "The node did not come back.");
            await Task.Delay(250);
        }
    }
}
#endif
