using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Plan;
using Compose.Swarm.Observe;
using Compose.Swarm.Plan;
using Compose.Swarm.Specs;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm;

/// <summary>Plans of deployments, from a file and what the swarm has.</summary>
public class DeployPlanTests
{
    private const string Shop = """
        services:
          web: { image: nginx, networks: [front], configs: [site], depends_on: [db] }
          db: { image: redis, networks: [front] }
        networks: { front: {} }
        configs: { site: { content: v1 } }
        """;

    [Fact]
    public void A_first_deployment_creates_what_services_use_before_them() =>
        Assert.Equal("""
            Create network:front: it does not exist
              #1 CreateStackNetwork network:front as p_front
            Create config:site: it does not exist
              #2 CreateConfig config:site as p_site_3bfc2695
            Create service:web: it does not exist
              #3 CreateService service:web after #1, #2
            Create service:db: it does not exist
              #4 CreateService service:db after #1

            """, Text(Plan(Shop, new())));

    [Fact]
    public void With_Ordered_a_service_comes_after_the_wait_for_what_it_depends_on() =>
        Assert.Equal("""
            Create network:front: it does not exist
              #1 CreateStackNetwork network:front as p_front
            Create config:site: it does not exist
              #2 CreateConfig config:site as p_site_3bfc2695
            Create service:db: it does not exist
              #3 CreateService service:db after #1
            Create service:web: it does not exist
              #5 CreateService service:web after #1, #2, #4
              #4 WaitForRollout service:db after #3

            """, Text(Plan(Shop, new() { Ordered = true })));

    [Fact]
    public void What_was_deployed_needs_no_step() =>
        Assert.True(Plan(Shop, new() { Wait = true, Prune = true }, Deployed(Shop)).IsEmpty);

    [Fact]
    public void A_changed_config_moves_its_service_and_goes_after_the_rollout() =>
        Assert.Equal("""
            Create config:site: its content has changed
              #1 CreateConfig config:site as p_site_fb04dcb6
            Update service:web: it has changed
              #2 UpdateService service:web after #1
                   configs.site: p_site_3bfc2695 0:0 444 -> p_site_fb04dcb6 0:0 444
            Remove config:site: no service uses this content any more
              #4 RemoveConfig config:site after #3
              #3 WaitForRollout service:web after #2

            """, Text(Plan(Shop.Replace("v1", "v2"), new() { Wait = true }, Deployed(Shop))));

    [Fact]
    public void Without_a_wait_the_old_config_stays_as_tasks_may_still_use_it() =>
        Assert.DoesNotContain(Plan(Shop.Replace("v1", "v2"), new(), Deployed(Shop)).Actions, action => action is RemoveConfig);

    [Fact]
    public void Prune_takes_what_the_file_does_not_have_after_the_tasks_are_gone() =>
        Assert.Equal("""
            Remove service:web: it is not in the file any more (Downtime)
              #1 RemoveService service:web
            Remove config:site: it is not in the file any more
              #3 RemoveConfig config:site after #2
              #2 WaitForRemoval stack:p after #1

            """, Text(Plan(
                "services: { db: { image: redis, networks: [front] } }\nnetworks: { front: {} }",
                new() { Prune = true },
                Deployed(Shop))));

    [Fact]
    public void A_changed_network_is_a_question_and_with_yes_its_services_are_removed_and_created_again()
    {
        var changed = Shop.Replace("front: {}", "front: { internal: true }");

        var asking = Plan(changed, new(), Deployed(Shop));
        var replacing = Plan(changed, new(), Deployed(Shop), new Answers(["replace-network:front"]));

        Assert.Empty(asking.Actions);
        Assert.Equal("replace-network:front", Assert.Single(asking.Questions).Id);
        Assert.Equal(
            [
                "RemoveService", "RemoveService", "WaitForRemoval", "RemoveStackNetwork",
                "CreateStackNetwork", "CreateService", "CreateService",
            ],
            replacing.Actions.Select(action => action.Action));
    }

    [Fact]
    public void An_external_object_that_is_not_there_and_a_name_that_is_taken_are_errors()
    {
        var external = Assert.Throws<ComposeException>(() => Plan(
            "services: { a: { image: x, networks: [n] } }\nnetworks: { n: { external: true, name: out } }", new()));
        var taken = Assert.Throws<ComposeException>(() => Plan(Shop, new(), new ObservedStack
        {
            EngineHost = "unix:///e", Stack = "p",
            Networks = [new() { Id = "n", Spec = new() { Name = "p_front", Scope = "swarm" } }],
        }));

        Assert.Equal(("StackExternalMissing", "StackNameTaken"), (external.Info.Id, taken.Info.Id));
    }

    [Fact]
    public void Only_images_that_are_new_are_looked_for_unless_always_is_asked()
    {
        var wanted = Spec(Shop.Replace("nginx", "nginx:2"));

        Assert.Equal(["nginx:2"], DeployPlanner.Unresolved(wanted, Deployed(Shop), new()));
        Assert.Equal(["nginx:2", "redis"], DeployPlanner.Unresolved(wanted, Deployed(Shop), new() { ResolveImage = "always" }));
        Assert.Empty(DeployPlanner.Unresolved(wanted, Deployed(Shop), new() { ResolveImage = "never" }));
    }

    [Fact]
    public void A_removal_waits_for_the_tasks_before_it_takes_what_they_use() =>
        Assert.Equal("""
            Remove service:db: the stack is removed (Downtime)
              #1 RemoveService service:db
            Remove service:web: the stack is removed (Downtime)
              #2 RemoveService service:web
            Remove config:site: the stack is removed
              #4 RemoveConfig config:site after #3
            Remove network:front: the stack is removed
              #5 RemoveStackNetwork network:front after #3
              #3 WaitForRemoval stack:p after #1, #2

            """, Text(RemoveStackPlanner.Plan(Deployed(Shop), [])));

    private static string Text(ComposePlan plan) => plan.Text;

    private static ComposePlan Plan(string yaml, DeployOptions options, ObservedStack? state = null, Answers? answers = null) =>
        DeployPlanner.Plan(
            Spec(yaml) with { Warnings = [] }, state ?? new ObservedStack { EngineHost = "unix:///e", Stack = "p" }, options,
            answers ?? Answers.None);

    private static StackSpec Spec(string yaml)
    {
        var loaded = LoadedFiles.Load([yaml], new Dictionary<string, string>());
        Assert.True(loaded.Project is not null, string.Join("\n", loaded.Diagnostics));
        return StackSpecs.Make(
            loaded.Project!, new() { Stack = "p", ApiMinor = 51, Contents = StackContents.Read(loaded.Project!) });
    }

    /// <summary>What a swarm has after a deployment: the plan's own requests, with ids in place of names.</summary>
    private static ObservedStack Deployed(string yaml)
    {
        var plan = Plan(yaml, new());
        var networks = plan.Actions.OfType<CreateStackNetwork>()
            .Select(step => new SwarmNetwork
            {
                Id = "id-" + step.Network, Spec = step.Request with { IPAM = new() { Driver = "default" } },
            }).ToList();
        return new ObservedStack
        {
            EngineHost = "unix:///e",
            Stack = "p",
            Networks = networks,
            Configs = [.. plan.Actions.OfType<CreateConfig>()
                .Select(step => new SwarmConfig { Id = "id-" + step.Config, Spec = step.Request })],
            Services = [.. plan.Actions.OfType<CreateService>().Select(step => new SwarmService
            {
                Id = "id-" + step.Service,
                Spec = step.Request with
                {
                    TaskTemplate = step.Request.TaskTemplate with
                    {
                        Networks = [.. (step.Request.TaskTemplate.Networks ?? [])
                            .Select(network => network with { Target = "id-" + network.Name, Name = null })],
                    },
                },
                ServiceStatus = new(1, 1, 0),
            })],
        };
    }
}
