using Compose.Engine.Dto;
using Compose.Execute.Running;
using Compose.Files.Schema;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan.Compare;

/// <summary>
/// Whether up recreates: for every attribute that the engine applies, a resource that was created with it under a file without
/// it, and the reverse. The hash does not help: its rule is unknown.
/// </summary>
public class RecreatingAttributeTests
{
    /// <summary>A value for each attribute of a service, and the changed field if it has another name.</summary>
    private static readonly Dictionary<string, (string Yaml, string? Field)> Service = new()
    {
        ["annotations"] = ("{ a: b }", null),
        ["blkio_config"] = ("{ weight: 300 }", "blkio_config.weight"),
        ["cap_add"] = ("[NET_ADMIN]", null),
        ["cap_drop"] = ("[NET_ADMIN]", null),
        ["cgroup_parent"] = ("m", null),
        ["command"] = ("[a]", null),
        ["cpu_count"] = ("2", null),
        ["cpu_percent"] = ("50", null),
        ["cpu_period"] = ("1000", null),
        ["cpu_quota"] = ("500", null),
        ["cpu_rt_period"] = ("1400", null),
        ["cpu_rt_runtime"] = ("400", null),
        ["cpu_shares"] = ("5", null),
        ["cpus"] = ("1.5", null),
        ["cpuset"] = ("'0'", null),
        ["deploy"] = ("{ resources: { limits: { memory: 64m } } }", "mem_limit"),
        ["device_cgroup_rules"] = ("['c 1:3 mr']", null),
        ["devices"] = ("[/dev/null]", null),
        ["dns"] = ("8.8.8.8", null),
        ["dns_opt"] = ("[use-vc]", null),
        ["dns_search"] = ("example.com", null),
        ["domainname"] = ("example.com", null),
        ["entrypoint"] = ("[a]", null),
        ["environment"] = ("{ A: b }", "environment.A"),
        ["expose"] = ("['9']", null),
        ["external_links"] = ("['stranger:a']", "links"),
        ["extra_hosts"] = ("['a=1.1.1.1']", null),
        ["gpus"] = ("all", null),
        ["group_add"] = ("[mail]", null),
        ["healthcheck"] = ("{ test: [CMD, a], start_period: 1s, start_interval: 1s }", "healthcheck.test"),
        ["hostname"] = ("here", null),
        ["image"] = ("alpine", null),
        ["init"] = ("true", null),
        ["ipc"] = ("host", null),
        ["isolation"] = ("process", null),
        ["labels"] = ("{ a: b }", "labels.a"),
        ["links"] = ("['db:store']", null),
        ["logging"] = ("{ driver: none }", null),
        ["mem_limit"] = ("64m", null),
        ["mem_reservation"] = ("64m", null),
        ["mem_swappiness"] = ("60", null),
        ["memswap_limit"] = ("-1", null),
        ["network_mode"] = ("none", null),
        ["networks"] = ("{ default: { aliases: [a] } }", "networks.default.aliases"),
        ["oom_kill_disable"] = ("true", null),
        ["oom_score_adj"] = ("-1", null),
        ["pid"] = ("host", null),
        ["pids_limit"] = ("5", null),
        ["ports"] = ("['80']", null),
        ["privileged"] = ("true", null),
        ["read_only"] = ("true", null),
        ["restart"] = ("always", null),
        ["runtime"] = ("runsc", null),
        ["security_opt"] = ("['systempaths=unconfined']", null),
        ["shm_size"] = ("1m", null),
        ["stdin_open"] = ("true", null),
        ["stop_grace_period"] = ("0s", null),
        ["stop_signal"] = ("SIGINT", null),
        ["storage_opt"] = ("{ size: 1G }", null),
        ["sysctls"] = ("{ a: 1 }", null),
        ["tmpfs"] = ("[/run]", null),
        ["tty"] = ("true", null),
        ["ulimits"] = ("{ nofile: 9 }", null),
        ["user"] = ("'7'", null),
        ["userns_mode"] = ("host", null),
        ["uts"] = ("host", null),
        ["volumes"] = ("[/data]", null),
        ["volumes_from"] = ("['container:stranger']", null),
        ["working_dir"] = ("/w", null),
    };

    private static readonly Dictionary<string, string> ServiceExceptions = new()
    {
        ["cgroup"] = "the engine's default may be either of the two",
        ["container_name"] = "a new name is a new container: a golden plan shows it",
        ["mac_address"] = "an address that is taken away is like one that the engine picked: tested below",
        ["platform"] = "an image of another platform has another id",
        ["pre_start"] = "it runs before a start and is no part of the container",
    };

    private static readonly Dictionary<string, (string Yaml, string? Field)> Network = new()
    {
        ["attachable"] = ("true", null),
        ["driver"] = ("macvlan", null),
        ["driver_opts"] = ("{ a: b }", "driver_opts.a"),
        ["enable_ipv4"] = ("false", null),
        ["enable_ipv6"] = ("true", null),
        ["internal"] = ("true", null),
        ["ipam"] = ("{ driver: other }", "ipam.driver"),
        ["labels"] = ("{ a: b }", "labels.a"),
    };

    private static readonly Dictionary<string, (string Yaml, string? Field)> Volume = new()
    {
        ["driver"] = ("other", null),
        ["driver_opts"] = ("{ a: b }", "driver_opts.a"),
        ["labels"] = ("{ a: b }", "labels.a"),
    };

    public static TheoryData<string> Attributes => [.. Service.Keys];

    public static TheoryData<string> NetworkAttributes => [.. Network.Keys];

    public static TheoryData<string> VolumeAttributes => [.. Volume.Keys];

    [Fact]
    public void Every_attribute_that_the_engine_carries_out_is_in_a_table()
    {
        Assert.Equal(
            CarriedOut(ServiceSection.Service), Service.Keys.Concat(ServiceExceptions.Keys).Order(StringComparer.Ordinal));
        Assert.Equal(
            CarriedOut(ResourceSections.Network).Except(["external", "name"]), Network.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(CarriedOut(ResourceSections.Volume).Except(["external", "name"]), Volume.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Attributes))]
    public void A_container_is_recreated_for(string attribute)
    {
        var (yaml, field) = Service[attribute];
        var (with, without) = (Web($"{attribute}: {yaml}"), Web(attribute == "image" ? "image: busybox" : ""));

        Assert.Equal([], Changes(with, with));
        Assert.Equal([], Changes(without, without));
        Assert.Contains(field ?? attribute, Changes(with, without));
        Assert.Contains(field ?? attribute, Changes(without, with));
    }

    [Theory]
    [InlineData("02:42:ac:11:65:43", "02:42:ac:11:65:44", 49, "networks.default.mac_address")]
    [InlineData("02:42:ac:11:65:43", "02:42:ac:11:65:44", 43, "mac_address")]
    public void A_container_is_recreated_for_another_address(string before, string after, int apiMinor, string field) =>
        Assert.Contains(field, Changes(Web($"mac_address: '{before}'"), Web($"mac_address: '{after}'"), apiMinor));

    [Theory]
    [InlineData("type: bind, source: /a", "type: bind, source: /b")]
    [InlineData("type: bind, source: /a", "type: bind, source: /a, read_only: true")]
    [InlineData("type: bind, source: /a", "type: bind, source: /a, bind: { selinux: z }")]
    [InlineData("type: bind, source: /a", "type: bind, source: /a, bind: { propagation: rslave }")]
    [InlineData("type: bind, source: /a, bind: { propagation: rslave }", "type: bind, source: /a, bind: { propagation: shared }")]
    [InlineData("type: bind, source: /a", "type: bind, source: /a, bind: { recursive: disabled }")]
    [InlineData("type: bind, source: /a, bind: { recursive: disabled }", "type: bind, source: /a, bind: { recursive: writable }")]
    [InlineData("type: volume, source: data", "type: volume, source: data, volume: { nocopy: true }")]
    [InlineData("type: volume, source: data", "type: volume, source: data, volume: { subpath: q }")]
    [InlineData("type: tmpfs", "type: tmpfs, tmpfs: { size: 1m }")]
    [InlineData("type: tmpfs", "type: tmpfs, tmpfs: { mode: 0700 }")]
    public void A_container_is_recreated_for_another_mount(string before, string after)
    {
        string Mounting(string mount) => Web($"volumes: [{{ {mount}, target: /t }}]") + "volumes: { data: {} }\n";

        Assert.Equal([], Changes(Mounting(after), Mounting(after)));
        Assert.Contains("volumes", Changes(Mounting(before), Mounting(after)));
        Assert.Contains("volumes", Changes(Mounting(after), Mounting(before)));
    }

    [Theory]
    [InlineData("healthcheck: { interval: 9s }")]
    [InlineData("healthcheck: { disable: true }")]
    [InlineData("")]
    public void What_the_image_says_of_health_is_no_change(string health)
    {
        var given = new HealthConfig { Test = ["CMD", "a"], Interval = 5_000_000_000, Retries = 3 };
        HealthConfig? Merged(HealthConfig? own) =>
            own is null
                ? given
                : own with { Test = own.Test ?? given.Test, Interval = own.Interval ?? given.Interval, Retries = given.Retries };

        Assert.Equal([], Changes(Web(health), Web(health), image: new ContainerConfig { Healthcheck = given },
            but: actual => actual with { Config = actual.Config with { Healthcheck = Merged(actual.Config.Healthcheck) } }));
    }

    [Theory]
    [MemberData(nameof(NetworkAttributes))]
    public void A_network_is_recreated_for(string attribute)
    {
        var (yaml, field) = Network[attribute];
        var (with, without) = ($"networks: {{ n: {{ {attribute}: {yaml} }} }}", "networks: { n: {} }");

        Assert.Equal([], NetworkChanges(with, with));
        Assert.Contains(field ?? attribute, NetworkChanges(with, without));
        Assert.Contains(field ?? attribute, NetworkChanges(without, with));
    }

    [Theory]
    [MemberData(nameof(VolumeAttributes))]
    public void A_volume_is_recreated_for(string attribute)
    {
        var (yaml, field) = Volume[attribute];
        var (with, without) = ($"volumes: {{ data: {{ {attribute}: {yaml} }} }}", "volumes: { data: {} }");

        Assert.Equal([], VolumeChanges(with, with));
        Assert.Contains(field ?? attribute, VolumeChanges(with, without));
        Assert.Contains(field ?? attribute, VolumeChanges(without, with));
    }

    private static IEnumerable<string> CarriedOut(Section section) => section.Attributes
        .Where(attribute => attribute.Support == Compose.Files.Schema.Support.Engine)
        .Select(attribute => attribute.Name)
        .Order(StringComparer.Ordinal);

    private static string Web(string attribute) =>
        $"services:\n  web:\n    {(attribute.StartsWith("image:", StringComparison.Ordinal) ? "" : "image: busybox")}\n    "
            + $"{attribute}\n  db: {{ image: busybox }}\n";

    /// <summary>The fields for which up recreates a container of the first file when given the second.</summary>
    private static IEnumerable<string> Changes(
        string before, string after, int apiMinor =
            49, ContainerConfig? image = null, Func<ContainerInspect, ContainerInspect>? but = null)
    {
        var made = new Situation(before) { ApiMinor = apiMinor }.Running();
        var found = made.State.Replicas("web")[0];
        var inspect = EngineView.Container(made, found);
        var foreign = found with
        {
            Labels = Situation.With(
                Situation.With(found.Labels, ComposeLabels.ConfigHash, "by another rule"), ComposeLabels.Version, "2.40.3"),
        };
        var now = made.Under(after);
        var state = now.State with
        {
            Containers = [foreign, .. now.State.Containers.Where(container => container.Id != found.Id)],
            Inspected = new Dictionary<string, ContainerInspect> { [found.Id] = but?.Invoke(inspect) ?? inspect },
            InspectedImages = new Dictionary<string, ImageInspect>
            {
                ["busybox"] = new() { Id = Situation.ImageId, Config = image },
            },
        };
        var plan = UpPlanner.Whole(
            new PlanContext(now.Project, state, new UpOptions(), Answers.None, Hashing.Rules) { Now = Situation.Now });
        return plan.Actions.Where(action => action is CreateContainer { Target: "service:web:1" })
            .SelectMany(action => action.Changes)
            .Select(change => change.Field);
    }

    private static IEnumerable<string> NetworkChanges(string before, string after)
    {
        var made = EngineView.Network(EngineView.Context(new Situation(OnNetwork + before)), "n");
        var actual = made with
        {
            Driver = made.Driver ?? "bridge",
            EnableIPv4 = made.EnableIPv4 ?? true,
            IPAM = made.IPAM ?? new Ipam { Driver = "default" },
        };
        var now = EngineView.Context(new Situation(OnNetwork + after));
        return ResourceComparer.Compare(actual, NetworkPlanner.Request(now, now.Project.Networks["n"]))
            .Select(change => change.Field);
    }

    private static IEnumerable<string> VolumeChanges(string before, string after)
    {
        var actual = EngineView.Volume(EngineView.Context(new Situation(OnVolume + before)), "data");
        var now = EngineView.Context(new Situation(OnVolume + after));
        return ResourceComparer.Compare(
            actual with { Driver = actual.Driver ?? "local" },
            VolumePlanner.Request(now, now.Project.Volumes["data"])).Select(change => change.Field);
    }

    private const string OnNetwork = "services: { web: { image: busybox, networks: [n] } }\n";
    private const string OnVolume = "services: { web: { image: busybox, volumes: ['data:/n'] } }\n";
}
