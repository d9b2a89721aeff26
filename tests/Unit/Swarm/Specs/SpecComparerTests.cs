using Compose.Engine.Dto;
using Compose.Plan;
using Compose.State;
using Compose.Swarm.Specs;

namespace Compose.Tests.Swarm.Specs;

/// <summary>What counts as a change of a service, and what the engine filled in.</summary>
public class SpecComparerTests
{
    private const string Bare = "labels: {}";
    private static readonly Dictionary<string, string> Names = new() { ["n1"] = "s_default", ["n2"] = "s_n" };

    [Fact]
    public void What_the_engine_fills_in_is_no_change()
    {
        var wanted = MadeStack.ServiceA("environment: { A: '1' }");
        var filled = wanted with
        {
            UpdateConfig = new SwarmUpdateConfig
            {
                Parallelism = 1,
                FailureAction = "pause",
                Monitor = 5_000_000_000,
                Order = "stop-first",
            },
            RollbackConfig = new SwarmUpdateConfig { Parallelism = 1, Order = "stop-first", Delay = 0 },
            EndpointSpec = new SwarmEndpointSpec { Mode = "vip" },
            TaskTemplate = wanted.TaskTemplate with
            {
                ForceUpdate = 3,
                Runtime = "container",
                Resources = new SwarmResourceRequirements { Limits = new SwarmLimits(), Reservations = new SwarmReservations() },
                RestartPolicy = new SwarmRestartPolicy { Condition = "any", Delay = 5_000_000_000, MaxAttempts = 0 },
                Placement = new SwarmPlacement { Platforms = [new SwarmPlatform("amd64", "linux")] },
                Networks = [new SwarmNetworkAttachment { Target = "n1", Aliases = ["a"] }],
                ContainerSpec = wanted.TaskTemplate.ContainerSpec with
                {
                    Image = "busybox:latest@sha256:12",
                    Isolation = "default",
                    DNSConfig = new SwarmDnsConfig(),
                    Privileges = new SwarmPrivileges { SELinuxContext = new SwarmSELinuxContext() },
                    StopGracePeriod = 10_000_000_000,
                    Init = null,
                },
            },
        };

        Assert.Empty(SpecComparer.Compare(wanted, filled, Names));
    }

    /// <summary>An attribute that the engine does not have yet, its field, and whether tasks are replaced for it.</summary>
    [Theory]
    [InlineData("environment: { A: b }", "environment.A: null -> ***", true)]
    [InlineData("environment: { A: }", "environment.A: null -> ***", true)]
    [InlineData("labels: { l: m }", "labels.l: null -> m", true)]
    [InlineData("labels: { l_token: m }", "labels.l_token: null -> ***", true)]
    [InlineData("command: a 'b c'", "command: null -> a \"b c\"", true)]
    [InlineData("init: false", "init: null -> false", true)]
    [InlineData("stop_grace_period: 1s", "stop_grace_period: null -> 1s", true)]
    [InlineData(
        "healthcheck: { test: a, timeout: 1s }", "healthcheck.test: null -> CMD-SHELL a|healthcheck.timeout: null -> 1s", true)]
    [InlineData("read_only: true", "read_only: null -> true", true)]
    [InlineData("dns: [2.2.2.2, 1.1.1.1]", "dns: null -> 2.2.2.2 1.1.1.1", true)]
    [InlineData("cap_add: [KILL, CHOWN]", "cap_add: null -> CAP_CHOWN, CAP_KILL", true)]
    [InlineData("ulimits: { nofile: 5 }", "ulimits.nofile: null -> 5:5", true)]
    [InlineData("security_opt: [no-new-privileges]", "security_opt: null -> no-new-privileges", true)]
    [InlineData("volumes: ['vol:/d/']", "volumes./d: null -> volume:s_vol:/d", true)]
    [InlineData("platform: linux/arm64", "platform: null -> linux/arm64", true)]
    [InlineData("mem_limit: 1k", "deploy.resources.limits.memory: null -> 1024", true)]
    [InlineData(
        "restart: on-failure:2",
        "deploy.restart_policy.condition: null -> on-failure|deploy.restart_policy.max_attempts: null -> 2",
        true)]
    [InlineData("networks: { default: { aliases: [x] } }", "networks.default.aliases: a -> a, x", true)]
    [InlineData("ports: ['8000:80']", "ports: null -> 8000:80/tcp", true)]
    [InlineData("deploy: { placement: { constraints: [b==c, a==b] } }", "deploy.placement.constraints: null -> a==b, b==c", true)]
    [InlineData("deploy: { labels: { d: e } }", "deploy.labels.d: null -> e", false)]
    [InlineData("deploy: { update_config: { parallelism: 2 } }", "deploy.update_config.parallelism: null -> 2", false)]
    [InlineData("deploy: { rollback_config: { monitor: 0s } }", "deploy.rollback_config.monitor: null -> 0s", false)]
    [InlineData("deploy: { replicas: 3 }", "deploy.replicas: 1 -> 3", false)]
    [InlineData("scale: 3", "scale: 1 -> 3", false)]
    public void A_new_attribute_is_a_change_and_so_is_taking_it_away(string attribute, string changes, bool replaces)
    {
        var (with, without) = (Service(attribute), Service(Bare));

        var added = SpecComparer.Compare(with, Engine(without), Names);
        var removed = SpecComparer.Compare(without, Engine(with), Names);

        Assert.Equal(changes.Split('|'), added.Changes.Select(Text));
        Assert.Equal(replaces, added.ReplacesTasks);
        Assert.Equal(
            added.Changes.Select(change => (change.Old, change.New)),
            removed.Changes.Select(change => (change.New, change.Old)));
        Assert.Empty(SpecComparer.Compare(with, Engine(with), Names).Changes);
    }

    [Fact]
    public void A_changed_content_is_a_change_of_the_reference()
    {
        var (old, now) = (Config("one"), Config("two"));

        var change = Assert.Single(SpecComparer.Compare(now, Engine(old), Names).Changes);

        Assert.Equal("configs.c", change.Field);
        Assert.NotEqual(change.Old, change.New);

        static StackService Config(string text) =>
            MadeStack.OfService("configs: [c]", $"configs: {{ c: {{ content: {text} }} }}").Services[0];
    }

    [Fact]
    public void Another_digest_in_the_file_is_a_change_and_a_pinned_tag_is_none()
    {
        var wanted = MadeStack.Of("services: { a: { image: 'x:1@sha256:22' } }").Services[0].Spec;
        var actual = WithImage(wanted, "x:1@sha256:11");

        Assert.Equal("image", Assert.Single(SpecComparer.Compare(wanted, actual, Names)).Field);
        Assert.Empty(SpecComparer.Compare(WithImage(wanted, "x:1"), actual, Names));
    }

    [Fact]
    public void An_update_keeps_the_counter_and_the_digest()
    {
        var wanted = MadeStack.ServiceA("read_only: true");
        var actual = WithImage(wanted, "busybox:latest@sha256:11");
        actual = actual with
        {
            TaskTemplate = actual.TaskTemplate with
            {
                ForceUpdate = 4,
                Placement = new SwarmPlacement { Platforms = [new SwarmPlatform("amd64", "linux")] },
            },
        };

        var sent = SpecComparer.Onto(wanted, actual).TaskTemplate;

        Assert.Equal(4, sent.ForceUpdate);
        Assert.Equal("busybox:latest@sha256:11", sent.ContainerSpec.Image);
        Assert.Equal("amd64", Assert.Single(sent.Placement!.Platforms!).Architecture);
        Assert.Equal("busybox:1", SpecComparer.Onto(WithImage(wanted, "busybox:1"), actual).TaskTemplate.ContainerSpec.Image);
    }

    [Fact]
    public void The_network_of_the_nodes_is_known_by_an_id_that_no_list_has()
    {
        var wanted = Service("network_mode: host");

        Assert.Empty(SpecComparer.Compare(wanted, Engine(wanted, "unlisted"), Names).Changes);
        Assert.Equal(
            ["networks.default", "networks.default.aliases", "networks.host"],
            SpecComparer.Compare(wanted, Engine(Service(Bare)), Names).Changes.Select(change => change.Field));
    }

    [Fact]
    public void Labels_of_the_tools_are_no_change()
    {
        var wanted = MadeStack.ServiceA(Bare);
        var actual = wanted with
        {
            Labels = new Dictionary<string, string>
            {
                [StackLabels.Namespace] = "s", [StackLabels.Image] = "busybox:latest", [StackLabels.Replicas] = "1",
            },
        };

        Assert.DoesNotContain(
            SpecComparer.Compare(wanted, actual, Names),
            change => !change.Field.StartsWith("networks", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_is_compared_in_what_the_file_says()
    {
        var wanted = MadeStack.OfService("networks: [n]", "networks: { n: { labels: { l: m } } }").Networks[0];
        var actual = wanted with
        {
            EnableIPv4 = true,
            EnableIPv6 = false,
            IPAM = new Ipam { Driver = "default", Config = [new IpamPool { Subnet = "10.0.1.0/24", Gateway = "10.0.1.1" }] },
            Options = new Dictionary<string, string> { ["com.docker.network.driver.overlay.vxlanid_list"] = "4097" },
        };

        Assert.Empty(SpecComparer.Compare(wanted, actual));
        Assert.Equal(
            ["internal: true -> null", "labels.l: k -> m"],
            SpecComparer.Compare(
                wanted, actual with { Internal = true, Labels = new Dictionary<string, string> { ["l"] = "k" } }).Select(Text));
    }

    [Fact]
    public void The_user_s_labels_of_a_secret_are_compared() => Assert.Equal(
        ["labels.l: k -> null"],
        SpecComparer.Labels(
            new Dictionary<string, string> { [StackLabels.Namespace] = "s", [StackLabels.Key] = "x" },
            new Dictionary<string, string> { [StackLabels.Namespace] = "s", ["l"] = "k" }).Select(Text));

    private static StackService Service(string attribute) =>
        MadeStack.OfService(attribute, "volumes: { vol: {} }\n").Services[0];

    /// <summary>The service as the engine has it: networks by id.</summary>
    private static SwarmService Engine(StackService service, string unlisted = "") => new()
    {
        Id = "1",
        Spec = service.Spec with
        {
            TaskTemplate = service.Spec.TaskTemplate with
            {
                Networks = service.Spec.TaskTemplate.Networks?.Select(network => network with
                {
                    Target = network.Name is null ? unlisted : Names.Single(pair => pair.Value == network.Name).Key,
                    Name = null,
                }).ToList(),
            },
        },
    };

    private static SwarmServiceSpec WithImage(SwarmServiceSpec spec, string image) => spec with
    {
        TaskTemplate = spec.TaskTemplate with { ContainerSpec = spec.TaskTemplate.ContainerSpec with { Image = image } },
    };

    private static string Text(FieldChange change) => $"{change.Field}: {change.Old ?? "null"} -> {change.New ?? "null"}";
}
