#if NET
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Flows;

/// <summary>One stack in turns by this module and by docker stack.</summary>
[Collection(SwarmPairs.Name)]
public class InteropFlowTests(SharedSwarmPair shared)
{
    private const string Text = """
        services:
          web:
            image: busybox
            command: sleep 600
            stop_grace_period: 1s
            environment: {A: "1"}
            configs: [page]
            networks: [back]
            deploy: {replicas: 1, update_config: {monitor: 1s}, labels: {team: shop}}
        networks: {back: {driver: overlay, attachable: true}}
        configs: {page: {file: page.txt}}
        """;

    [SwarmPairFact]
    public async Task What_docker_stack_deployed_is_unchanged_here_and_is_scaled_and_removed_here()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "theirs");
        await DeployTheirsAsync(stack, Text);

        var plan = await stack.PlanAsync(Text);
        Assert.True(plan.IsEmpty, plan.Text);

        (await stack.ScaleAsync("web", 2)).AssertSucceeded();
        Assert.Contains("/2", await ServicesAsync(stack), StringComparison.Ordinal);

        (await stack.DeployAsync(Text.Replace("A: \"1\"", "A: \"2\""))).AssertSucceeded();
        Assert.Contains("A=2", await InspectAsync(stack), StringComparison.Ordinal);

        (await stack.RemoveAsync()).AssertSucceeded();
        Assert.DoesNotContain(stack.Name, await shared.Pair.DockerAsync("stack", "ls"), StringComparison.Ordinal);
        Assert.DoesNotContain(stack.Name, await shared.Pair.DockerAsync("config", "ls"), StringComparison.Ordinal);
    }

    [SwarmPairFact]
    public async Task What_is_deployed_here_docker_stack_lists_updates_and_removes()
    {
        await using var stack = await TestStack.CreateAsync(shared.Pair.Manager, "ours");
        stack.Write("page.txt", "hello\n");
        (await stack.DeployAsync(Text)).AssertSucceeded();
        Assert.Contains(stack.Name, await shared.Pair.DockerAsync("stack", "ls"), StringComparison.Ordinal);
        Assert.Contains($"{stack.Name}_web", await ServicesAsync(stack), StringComparison.Ordinal);
        Assert.Contains("Running", await shared.Pair.DockerAsync("stack", "ps", stack.Name), StringComparison.Ordinal);

        await DeployTheirsAsync(stack, Text.Replace("A: \"1\"", "A: \"3\""));
        Assert.Contains("A=3", await InspectAsync(stack), StringComparison.Ordinal);

        await shared.Pair.DockerAsync("service", "scale", "--detach", $"{stack.Name}_web=2");
        var kept = await stack.PlanAsync(Text.Replace("A: \"1\"", "A: \"3\""));
        Assert.True(kept.Warnings.Any(warning => warning.Contains("web") && warning.Contains('2')), kept.Text);

        await shared.Pair.DockerAsync("stack", "rm", stack.Name);
        for (var tries = 0; (await ServicesAsync(stack)).Contains("_web"); tries++)
        {
            Assert.True(tries < 60, "The stack was not removed.");
            await Task.Delay(250);
        }
    }

    private async Task DeployTheirsAsync(TestStack stack, string yaml)
    {
        stack.Write("page.txt", "hello\n");
        stack.Write("compose.yaml", "version: '3.8'\n" + yaml);
        await shared.Pair.DockerAsync(
            "stack", "deploy", "--detach=true", "--resolve-image", "never", "-c", stack.File, stack.Name);
    }

    private Task<string> ServicesAsync(TestStack stack) =>
        shared.Pair.DockerAsync("service", "ls", "--filter", "label=com.docker.stack.namespace=" + stack.Name);

    private Task<string> InspectAsync(TestStack stack) => shared.Pair.DockerAsync("service", "inspect", $"{stack.Name}_web");
}
#endif
