#if NET
using Compose.Errors;
using Compose.Execute;
using Compose.Swarm.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm;

/// <summary>Rollouts that fail are explained, and end as update_config says or -Rollback asks.</summary>
[Collection(SwarmCollection.Name)]
public class FailureTests(SwarmEngine swarm)
{
    private static readonly DeployOptions Wait = new() { Wait = true, WaitTimeout = TimeSpan.FromSeconds(60) };

    [SwarmFact]
    public async Task An_update_that_fails_and_is_rolled_back_is_an_error_with_the_last_lines_of_a_task()
    {
        await using var stack = await swarm.StackAsync("rolledback");
        (await stack.DeployAsync(Yaml("sleep 1000", "rollback"), Wait)).AssertSucceeded();

        var error = Failure(await stack.DeployAsync(Yaml("sh -c 'echo the disk is full; exit 3'", "rollback"), Wait));

        Assert.Equal("RolloutFailed", error.Id);
        Assert.Contains("its update failed and was rolled back", error.Message);
        Assert.Contains("non-zero exit (3)", error.Message);
        Assert.Contains("the disk is full", error.Message);
        Assert.Equal("RollbackCompleted", (await stack.ServiceAsync("web")).Update);
    }

    [SwarmFact]
    public async Task An_update_that_is_paused_is_an_error_and_goes_back_with_Rollback()
    {
        await using var stack = await swarm.StackAsync("paused");
        const string Broken = "sh -c 'exit 4'";
        (await stack.DeployAsync(Yaml("sleep 1000", "pause"), Wait)).AssertSucceeded();

        var error = Failure(await stack.DeployAsync(Yaml(Broken, "pause"), Wait with { Rollback = true }));

        Assert.Contains("its update is paused", error.Message);
        Assert.Contains("goes back to what it was before", Assert.Single(stack.Warnings));
        var web = await stack.ServiceAsync("web");
        Assert.Equal(("RollbackCompleted", "Running"), (web.Update, web.State));
    }

    [SwarmFact]
    public async Task A_constraint_that_no_node_meets_is_named()
    {
        await using var stack = await swarm.StackAsync("nonode");
        const string Yaml = """
            services:
              web:
                image: busybox
                command: sleep 1000
                deploy: { placement: { constraints: [node.role == manager, node.labels.disk == ssd] } }
            """;

        var error = Failure(await stack.DeployAsync(Yaml, Wait));

        Assert.Equal("NoSuitableNode", error.Id);
        Assert.Contains("no node meets the constraint node.labels.disk == ssd; 1 node is ready", error.Message);
    }

    [SwarmFact]
    public async Task A_service_that_fails_again_and_again_does_not_wait_for_the_end_of_days()
    {
        await using var stack = await swarm.StackAsync("crashes");
        const string Yaml = """
            services:
              web: { image: busybox, command: sh -c 'exit 5', deploy: { restart_policy: { delay: 200ms } } }
              job: { image: busybox, command: sh -c 'exit 6',
                deploy: { mode: replicated-job, restart_policy: { condition: none } } }
            """;

        var report = await stack.DeployAsync(Yaml, Wait);

        Assert.Equal(["RolloutFailed", "RolloutFailed"], report.Failed.Select(action => action.Error!.Id));
        Assert.Contains("a replica failed 3 times", report.Failed[0].Reason);
        Assert.Contains("its restart policy does not start it again", report.Failed[1].Reason);
        Assert.Contains("(6)", report.Failed[1].Reason);
    }

    [SwarmFact]
    public async Task A_wait_that_takes_too_long_says_what_the_tasks_do_and_leaves_the_rollout()
    {
        await using var stack = await swarm.StackAsync("late");
        const string Yaml = """
            services:
              web:
                image: busybox
                command: sleep 1000
                init: true
                healthcheck: { test: 'false', interval: 1s, start_period: 60s }
            """;

        var error = Failure(
            await stack.DeployAsync(Yaml, new DeployOptions { Wait = true, WaitTimeout = TimeSpan.FromSeconds(2) }));

        Assert.Equal("RolloutTimeout", error.Id);
        Assert.Contains("has 0 of 1 running after 2 seconds; task late_web.1 is starting", error.Message);
        Assert.Contains((await stack.TasksAsync()), task => task.State == "Starting");
    }

    private static string Yaml(string command, string action) => $$"""
        services:
          web:
            image: busybox
            command: {{command}}
            init: true
            stop_grace_period: 1s
            deploy:
              update_config: { failure_action: {{action}}, monitor: 2s }
              rollback_config: { monitor: 500ms }
              restart_policy: { delay: 500ms }
        """;

    private static ErrorInfo Failure(ExecutionReport report) => Assert.Single(report.Failed).Error!;
}
#endif
