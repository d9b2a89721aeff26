#if NET
using Compose.Plan;
using Compose.Swarm.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm;

/// <summary>Deployments on a real swarm of one node.</summary>
[Collection(SwarmCollection.Name)]
public class DeployTests(SwarmEngine swarm)
{
    private const string Bare = "image: busybox, command: sleep 1000, init: true, stop_grace_period: 1s";

    /// <summary>Counts as up after half a second, so that the tests are quick.</summary>
    private const string Sleeper = Bare + ", deploy: { update_config: { monitor: 500ms } }";
    private static readonly DeployOptions Wait = new() { Wait = true, WaitTimeout = TimeSpan.FromSeconds(60) };

    [SwarmFact]
    public async Task A_stack_is_deployed_and_a_second_deployment_sends_nothing()
    {
        await using var stack = await swarm.StackAsync("twice");
        const string Yaml = """
            services:
              web:
                image: busybox
                command: sleep 1000
                init: true
                stop_grace_period: 1s
                configs: [site]
                secrets: [token]
                networks: [front]
                deploy: { replicas: 2, update_config: { monitor: 500ms } }
              once: { image: busybox, command: 'true', deploy: { mode: replicated-job } }
            networks: { front: {} }
            configs: { site: { content: v1 } }
            secrets: { token: { file: compose.yaml } }
            """;

        (await stack.DeployAsync(Yaml, Wait)).AssertSucceeded();
        var again = await stack.PlanAsync(Yaml);

        Assert.True(again.IsEmpty, again.Text);
        var web = await stack.ServiceAsync("web");
        Assert.Equal(("Running", 2, 2, "busybox:latest"), (web.State, web.Desired, web.Running, web.Image));
        Assert.Equal("Completed", (await stack.ServiceAsync("once")).State);
        Assert.Equal(2, (await stack.TasksAsync()).Count(task => task is { Service: "web", State: "Running", Node.Length: > 0 }));
    }

    [SwarmFact]
    public async Task A_changed_config_is_a_new_object_and_the_old_one_goes_when_its_services_have_moved()
    {
        await using var stack = await swarm.StackAsync("moved");
        string Yaml(string content) => $$"""
            services: { web: { {{Sleeper}}, configs: [site] } }
            configs: { site: { content: {{content}} } }
            """;
        await stack.DeployAsync(Yaml("v1"), Wait);
        var before = Assert.Single(await ConfigsAsync(stack));

        (await stack.DeployAsync(Yaml("v2"), Wait)).AssertSucceeded();

        var after = Assert.Single(await ConfigsAsync(stack));
        Assert.NotEqual(before, after);
        Assert.StartsWith("moved_site_", after);
        Assert.Equal("Completed", (await stack.ServiceAsync("web")).Update);
    }

    [SwarmFact]
    public async Task A_config_that_another_stack_uses_stays_with_a_warning()
    {
        await using var other = await swarm.StackAsync("borrower");
        await using var stack = await swarm.StackAsync("lender");
        string Yaml(string content) => $$"""
            services: { web: { {{Sleeper}}, configs: [site] } }
            configs: { site: { content: {{content}} } }
            """;
        await stack.DeployAsync(Yaml("v1"), Wait);
        var lent = Assert.Single(await ConfigsAsync(stack));
        (await other.DeployAsync($$"""
            services: { web: { {{Sleeper}}, configs: [site] } }
            configs: { site: { external: true, name: {{lent}} } }
            """)).AssertSucceeded();

        (await stack.DeployAsync(Yaml("v2"), Wait)).AssertSucceeded();

        Assert.Contains("something else uses it", Assert.Single(stack.Warnings));
        Assert.Equal(2, (await ConfigsAsync(stack)).Count);
        await other.RemoveAsync();
    }

    [SwarmFact]
    public async Task Replicas_that_were_set_by_hand_are_kept_and_told_until_the_files_number_is_asked_for()
    {
        await using var stack = await swarm.StackAsync("byhand");
        const string Yaml = $"services: {{ web: {{ {Bare}, deploy: {{ replicas: 1 }} }} }}";
        await stack.DeployAsync(Yaml);
        var wanted = new Dictionary<string, int> { ["web"] = 2 };
        (await stack.CarryOutAsync(() => stack.Operations.ScalingAsync("byhand", wanted, CancellationToken.None)))
            .AssertSucceeded();

        var kept = await stack.PlanAsync(Yaml);
        var reset = await stack.PlanAsync(Yaml, new DeployOptions { ResetScale = true });
        var other = await stack.PlanAsync(Yaml.Replace("replicas: 1", "replicas: 3", StringComparison.Ordinal));

        Assert.Empty(kept.Actions);
        Assert.Contains("was scaled to 2 since it was deployed with 1", Assert.Single(kept.Warnings));
        Assert.Equal(("deploy.replicas", "2", "1"), Change(reset));
        Assert.Equal(("deploy.replicas", "2", "3"), Change(other));
    }

    [SwarmFact]
    public async Task A_changed_network_is_told_and_replaced_only_with_a_yes()
    {
        await using var stack = await swarm.StackAsync("renet");
        string Yaml(bool attachable) => $$"""
            services: { web: { {{Sleeper}}, networks: [front] } }
            networks: { front: { attachable: {{(attachable ? "true" : "false")}} } }
            """;
        await stack.DeployAsync(Yaml(false), Wait);

        var asking = await stack.PlanAsync(Yaml(true));
        Assert.Empty(asking.Actions);
        var question = Assert.Single(asking.Questions);
        Assert.Equal("replace-network:front", question.Id);
        Assert.Contains("attachable", question.Text);

        (await stack.DeployAsync(Yaml(true), Wait, new Answers([question.Id]))).AssertSucceeded();

        Assert.True((await stack.PlanAsync(Yaml(true))).IsEmpty);
        Assert.Equal("Running", (await stack.ServiceAsync("web")).State);
    }

    [SwarmFact]
    public async Task Prune_takes_services_networks_secrets_and_configs_of_the_stack_only()
    {
        await using var other = await swarm.StackAsync("notmine");
        await using var stack = await swarm.StackAsync("pruned");
        const string Both = $$"""
            services:
              web: { {{Sleeper}} }
              old: { {{Sleeper}}, networks: [back], configs: [site], secrets: [token] }
            networks: { back: {} }
            configs: { site: { content: v1 } }
            secrets: { token: { file: compose.yaml } }
            """;
        await other.DeployAsync(Both, Wait);
        await stack.DeployAsync(Both, Wait);
        const string One = $"services: {{ web: {{ {Sleeper} }} }}";

        Assert.True((await stack.PlanAsync(One)).IsEmpty);
        (await stack.DeployAsync(One, new DeployOptions { Prune = true })).AssertSucceeded();

        var stacks = (await stack.Operations.ListAsync(CancellationToken.None)).ToDictionary(one => one.Stack);
        Assert.Equal((1, 1, 0, 0), Sizes(stacks["pruned"]));
        Assert.Equal((2, 2, 1, 1), Sizes(stacks["notmine"]));

        static (int, int, int, int) Sizes(Compose.Swarm.ComposeStack stack) =>
            (stack.Services, stack.Networks, stack.Secrets, stack.Configs);
    }

    [SwarmFact]
    public async Task With_Ordered_a_service_is_created_when_what_it_depends_on_is_healthy()
    {
        await using var stack = await swarm.StackAsync("ordered");
        const string Yaml = $$"""
            services:
              web: { {{Sleeper}}, depends_on: { db: { condition: service_healthy } } }
              db:
                image: busybox
                command: sh -c 'sleep 2; touch /ready; exec sleep 1000'
                init: true
                stop_grace_period: 1s
                deploy: { update_config: { monitor: 500ms } }
                healthcheck: { test: test -f /ready, interval: 500ms, retries: 20 }
            """;

        (await stack.DeployAsync(Yaml, new DeployOptions { Ordered = true })).AssertSucceeded();

        var (web, db) = (await stack.ServiceAsync("web"), await stack.ServiceAsync("db"));
        Assert.True(web.Created - db.Created > TimeSpan.FromSeconds(2), $"{web.Created - db.Created}");
    }

    [SwarmFact]
    public async Task Two_deployments_at_once_both_end_with_what_their_file_wants()
    {
        await using var stack = await swarm.StackAsync("atonce");
        await using var other = await swarm.StackAsync("atonce");
        string Yaml(string user) => $$"""
            services: { web: { {{Sleeper}}, user: '{{user}}' }, side: { {{Sleeper}}, user: '{{user}}' } }
            """;
        await stack.DeployAsync(Yaml("0"));
        var (one, two) = (stack.Run(Yaml("1")), other.Run(Yaml("1")));
        var plans = await Task.WhenAll(
            one.PlanAsync(Answers.None, stack, CancellationToken.None),
            two.PlanAsync(Answers.None, other, CancellationToken.None));

        var reports = await Task.WhenAll(
            one.ExecuteAsync(plans[0], Answers.None, new(), stack, CancellationToken.None),
            two.ExecuteAsync(plans[1], Answers.None, new(), other, CancellationToken.None));

        Assert.All(reports, report => report.AssertSucceeded());
        Assert.True((await stack.PlanAsync(Yaml("1"))).IsEmpty);
    }

    [SwarmFact]
    public async Task Removal_waits_until_nothing_is_left()
    {
        await using var stack = await swarm.StackAsync("gone");
        await stack.DeployAsync($$"""
            services: { web: { {{Sleeper}}, configs: [site] } }
            configs: { site: { content: v1 } }
            """, Wait);

        (await stack.RemoveAsync()).AssertSucceeded();

        Assert.DoesNotContain("gone", (await stack.Operations.ListAsync(CancellationToken.None)).Select(one => one.Stack));
        var error = await Assert.ThrowsAsync<Compose.Errors.ComposeException>(() => stack.TasksAsync());
        Assert.Equal("StackNotFound", error.Info.Id);
    }

    private static (string, string?, string?) Change(ComposePlan plan)
    {
        var change = Assert.Single(Assert.Single(plan.Actions).Changes);
        return (change.Field, change.Old, change.New);
    }

    private static async Task<IReadOnlyList<string>> ConfigsAsync(SwarmStack stack) =>
        [
            .. (await stack.Session.Engine.Swarm.ConfigsAsync(CancellationToken.None)).Select(config => config.Spec.Name)
                .Where(name => name.StartsWith(stack.Name + "_", StringComparison.Ordinal)),
        ];
}
#endif
