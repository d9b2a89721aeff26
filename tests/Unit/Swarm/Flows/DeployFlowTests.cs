#if NET
using Compose.Swarm.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Flows;

/// <summary>A stack on two nodes, from its deployment to its removal.</summary>
[Collection(SwarmPairs.Name)]
public class DeployFlowTests(SharedSwarmPair shared)
{
    private const string Shop = """
        services:
          web:
            image: busybox
            command: httpd -f -h /w -p 80
            stop_grace_period: 1s
            ports: [{target: 80, published: "18080", mode: host}]
            configs: [{source: page, target: /w/index.html}]
            deploy: {replicas: 2, endpoint_mode: dnsrr, placement: {max_replicas_per_node: 1}}
          client:
            image: busybox
            command: sh -c 'until wget -q -O - http://web/; do sleep 1; done; cat /run/secrets/word; exec sleep 600'
            stop_grace_period: 1s
            secrets: [word]
        configs: {page: {content: "hello from a config\n"}}
        secrets: {word: {file: word.txt}}
        """;

    [SwarmPairFact]
    public async Task A_stack_runs_on_both_nodes_and_its_removal_leaves_nothing()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "shop");
        stack.Write("word.txt", "swordfish\n");

        (await stack.DeployAsync(Shop)).AssertSucceeded();

        Assert.Equal(("Running", 2), ((await stack.ServiceAsync("web")).State, (await stack.ServiceAsync("web")).Running));
        Assert.Equal(2, (await stack.TasksAsync("web")).Select(task => task.NodeId).Distinct().Count());
        Assert.All(await stack.TasksAsync("web"), task => Assert.Equal("Running", task.State));
        Assert.EndsWith(
            "\nhello from a config\n", await shared.Pair.FetchAsync(SwarmPair.ManagerAddress, 18080), StringComparison.Ordinal);
        Assert.EndsWith(
            "\nhello from a config\n", await shared.Pair.FetchAsync(SwarmPair.WorkerAddress, 18080), StringComparison.Ordinal);
        // The overlay: the client finds a replica by the service's name, wherever it is, and then shows its secret.
        await AssertLoggedAsync(stack, "client", "hello from a config", "swordfish");

        (await stack.RemoveAsync()).AssertSucceeded();

        await AssertGoneAsync(stack.Name);
    }

    [SwarmPairFact]
    public async Task An_unchanged_deployment_sends_nothing_and_a_changed_content_moves_the_service()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "again");
        stack.Write("word.txt", "swordfish");
        (await stack.DeployAsync(Shop.Replace("18080", "18081"))).AssertSucceeded();

        Assert.True((await stack.PlanAsync(Shop.Replace("18080", "18081"))).IsEmpty);

        stack.Write("word.txt", "marlin\n");
        (await stack.DeployAsync(Shop.Replace("18080", "18081"))).AssertSucceeded();

        await AssertLoggedAsync(stack, "client", "marlin");
        var secrets = await shared.Pair.DockerAsync("secret", "ls", "-q", "--filter", Label(stack.Name));
        Assert.Single(secrets.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [SwarmPairFact]
    public async Task Jobs_run_once_and_a_global_service_has_a_task_on_each_node()
    {
        const string Text = """
            services:
              everywhere: {image: busybox, command: sleep 600, stop_grace_period: 1s, deploy: {mode: global}}
              once: {image: busybox, command: "true", deploy: {mode: replicated-job, replicas: 2}}
              each: {image: busybox, command: "true", deploy: {mode: global-job}}
            """;
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "jobs");

        (await stack.DeployAsync(Text)).AssertSucceeded();

        Assert.Equal(2, (await stack.TasksAsync("everywhere")).Select(task => task.NodeId).Distinct().Count());
        Assert.All(await stack.TasksAsync("once", all: true), task => Assert.Equal(("Complete", 0), (task.State, task.ExitCode)));
        Assert.Equal(2, (await stack.TasksAsync("each", all: true)).Select(task => task.NodeId).Distinct().Count());
        Assert.Equal("Completed", (await stack.ServiceAsync("once")).State);

        (await stack.DeployAsync(Text)).AssertSucceeded();

        Assert.Equal(2, (await stack.TasksAsync("once", all: true)).Count);
    }

    [SwarmPairFact]
    public async Task A_constraint_that_fits_no_node_is_named()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "nowhere");

        var report = await stack.DeployAsync(
            """
            services:
              web:
                image: busybox
                command: sleep 600
                deploy: {placement: {constraints: [node.labels.place == three]}}
            """);

        var error = Assert.Single(report.Failed).Error!;
        Assert.Equal("NoSuitableNode", error.Id);
        Assert.Contains("node.labels.place == three", error.Message, StringComparison.Ordinal);
    }

    [SwarmPairFact]
    public async Task Replicas_scaled_by_hand_stay_unless_the_files_number_is_asked_for()
    {
        const string Text = """
            services:
              web: {image: busybox, command: sleep 600, stop_grace_period: 1s, deploy: {replicas: 1}}
            """;
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "scaled");
        (await stack.DeployAsync(Text)).AssertSucceeded();
        (await stack.ScaleAsync("web", 3)).AssertSucceeded();

        var kept = await stack.PlanAsync(Text);
        Assert.True(kept.IsEmpty, kept.Text);
        Assert.Contains(kept.Warnings, warning => warning.Contains("web") && warning.Contains('3'));

        (await stack.DeployAsync(Text, new DeployOptions { Wait = true, ResetScale = true, ResolveImage = "never" }))
            .AssertSucceeded();
        Assert.Equal(1, (await stack.ServiceAsync("web")).Desired);
    }

    private async Task AssertLoggedAsync(TestStack stack, string service, params string[] texts)
    {
        for (var tries = 0; ; tries++)
        {
            var log = await shared.Pair.DockerAsync("service", "logs", "--raw", $"{stack.Name}_{service}");
            if (texts.All(log.Contains))
                return;
            Assert.True(tries < 60, log);
            await Task.Delay(500);
        }
    }

    private async Task AssertGoneAsync(string name)
    {
        foreach (var kind in new[] { "service", "network", "secret", "config" })
            Assert.Equal("", await shared.Pair.DockerAsync(kind, "ls", "-q", "--filter", Label(name)));
        foreach (var engine in new[] { shared.Pair.Manager, shared.Pair.Worker })
        {
            // A node removes the containers of tasks that are gone a moment later.
            for (var tries = 0;
                await shared.Pair.DockerAsync(engine, ["ps", "-aq", "--filter", Label(name)]) is { Length: > 0 } left;
                tries++)
            {
                Assert.True(tries < 60, left);
                await Task.Delay(500);
            }
        }
    }

    private static string Label(string stack) => "label=com.docker.stack.namespace=" + stack;
}
#endif
