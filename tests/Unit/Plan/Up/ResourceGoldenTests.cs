using Compose.Engine.Dto;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Plan.Requests;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan.Up;

/// <summary>Plans for networks and volumes: missing, changed, renamed, of other projects, external, unused.</summary>
public class ResourceGoldenTests
{
    private const string Web = "services:\n  web:\n    image: busybox\n";
    private const string Data = "    volumes: [data:/data]\n";

    private static readonly IReadOnlyDictionary<string, Func<object>> Situations = new Dictionary<string, Func<object>>
    {
        ["network-external"] = () => new Situation(Web + "networks:\n  default: { name: shared, external: true }\n")
            .Images("busybox")
            .Network("default", project: null)
            .Up(),
        ["network-renamed"] = () => new Situation(Web).Running().Under(Web + "networks:\n  default: { name: other }\n").Up(),
        ["network-renamed-other-service"] = () => new Situation(Web + "  db:\n    image: busybox\n")
            .Running()
            .Under(Web + "  db:\n    image: busybox\nnetworks:\n  default: { name: other }\n")
            .Up(new UpOptions { Services = ["web"] }),
        ["network-renamed-left-over"] = () => new Situation(Web)
            .Network("default")
            .Under(Web + "networks:\n  default: { name: other }\n")
            .Images("busybox")
            .Network("default")
            .Container("web")
            .Up(),
        ["network-swapped"] = () => new Situation(
            Web + "    networks: [a, b]\nnetworks:\n  a: { name: one }\n  b: { name: two }\n").Running()
            .Under(Web + "    networks: [a, b]\nnetworks:\n  a: { name: two }\n  b: { name: one }\n").Up(),
        ["network-drifted-with-changed-container"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web")
            .Under(Web + "    user: '7'\n")
            .Up(),
        ["network-drifted-stopped-container"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web", 1, web => web with { State = "exited", ExitCode = 0 })
            .Up(),
        ["network-drifted-other-service"] = () => new Situation(Web + "  db:\n    image: busybox\n")
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web")
            .Container("db")
            .Up(new UpOptions { Services = ["web"] }),
        ["network-drifted-orphan-attached"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web")
            .Container(
                "old", 1,
                old => old with { Networks = new Dictionary<string, string> { ["demo_default"] = "id-demo_default" } }).Up(),
        ["network-two-drifted"] = () => new Situation(Web + "    networks: [a, b]\nnetworks:\n  a: {}\n  b: {}\n")
            .Images("busybox")
            .Network("a", hash: "old")
            .Network("b", hash: "old")
            .Container("web")
            .Up(),
        ["network-added"] = () => new Situation(Web)
            .Running()
            .Under(Web + "    networks: [default, back]\nnetworks:\n  back: {}\n")
            .Up(),
        ["network-taken-away"] = () => new Situation(Web + "    networks: [default, back]\nnetworks:\n  back: {}\n")
            .Running()
            .Under(Web)
            .Up(),
        ["network-of-the-host"] = () => new Situation(Web + "    network_mode: host\n").Images("busybox").Up(),
        ["network-none"] = () => new Situation(Web + "    network_mode: none\nnetworks:\n  unused: {}\n").Images("busybox").Up(),
        ["network-without-hash"] = () => new Situation(Web).Images("busybox").Network("default", hash: "").Container("web").Up(),
        ["volume-external"] = () => new Situation(Web + Data + "volumes:\n  data: { external: true, name: shared }\n")
            .Images("busybox")
            .Network("default")
            .Volume("data", project: null)
            .Up(),
        ["volume-foreign"] = () => new Situation(Web + Data + "volumes:\n  data: {}\n")
            .Images("busybox")
            .Network("default")
            .Volume("data", project: null)
            .Up(),
        ["volume-renamed"] = () => new Situation(Web + Data + "volumes:\n  data: {}\n")
            .Running()
            .Under(Web + Data + "volumes:\n  data: { name: other }\n")
            .Up(),
        ["volume-unused"] = () => new Situation(Web + "volumes:\n  data: {}\n").Images("busybox").Up(),
        ["volume-drifted-two-users"] = () => TwoUsers().Up(answers: new Answers(["recreate-volume:data"])),
        ["volume-drifted-two-users-kept"] = () => TwoUsers().Up(),
        ["volume-drifted-forced"] = () => TwoUsers().Up(answers: new Answers([]) { All = true }),
        ["network-drifted-fields"] = () => new Situation(
            Web + "networks:\n  default: { internal: true, labels: { tier: back }, driver_opts: { api_key: b }, "
                + "ipam: { config: [{ subnet: 172.31.0.0/16 }] } }\n")
                .Images("busybox")
            .NetworkOf(
                "default", ComposeLabels.CompatibleVersion,
                made =>
                    made with
                    {
                        Internal = null,
                        Labels = new Dictionary<string, string> { ["tier"] = "front" },
                        Options = new Dictionary<string, string> { ["api_key"] = "a" },
                    })
            .Container("web")
            .Up(),
        ["network-drifted-stranger"] = () => new Situation(Web + "networks:\n  default: { labels: { tier: back } }\n")
            .Images("busybox")
            .NetworkOf(
                "default", ComposeLabels.CompatibleVersion,
                made =>
                    made with
                    {
                        Labels = new Dictionary<string, string>(),
                        Containers = new Dictionary<string, NetworkContainer> { ["elsewhere"] = new("stranger-1") },
                    })
            .Container("web")
            .Up(),
        ["network-drifted-shared"] = () => new Situation(
            Web + "  side:\n    image: busybox\n    network_mode: service:web\n    pre_stop: [{ command: [a] }]\n")
            .Images("busybox").Network("default", hash: "old").Container("web").Container("side").Up(),
        ["network-hash-by-another-rule"] = () => new Situation(Web + "networks:\n  default: { labels: { tier: back } }\n")
            .Images("busybox")
            .NetworkOf("default", "9.9.9")
            .Container("web")
            .Up(),
        ["network-drifted-paused"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web", 1, web => web with { State = "paused" })
            .Up(),
        ["network-drifted-cut-off"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web", 1, web => Off(web, []))
            .Up(),
        ["network-cut-off"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default")
            .Container("web", 1, web => Off(web, []))
            .Up(),
        ["network-pruned"] = () => new Situation(Web)
            .Images("busybox")
            .Container("web", 1, web => Off(web, new() { ["demo_default"] = "gone" }))
            .Up(),
        ["network-never-started"] = () => new Situation(Web)
            .Images("busybox")
            .Network("default")
            .Container("web", 1, web => Off(web, new() { ["demo_default"] = "" }) with { State = "created", ExitCode = null })
            .Up(),
        ["volume-drifted-fields"] = () => new Situation(
            Web + Data + "volumes:\n  data: { labels: { tier: data }, driver_opts: { type: cifs, o: 'password=new' } }\n")
            .Images("busybox")
            .Network("default")
            .VolumeOf(
                "data", ComposeLabels.CompatibleVersion,
                made =>
                    made with
                    {
                        Labels = new Dictionary<string, string>(),
                        Options = new Dictionary<string, string> { ["type"] = "nfs", ["o"] = "password=old" },
                    })
            .Container("web")
            .Up(answers: new Answers(["recreate-volume:data"])),
        ["volume-drifted-fields-kept"] = () => new Situation(Web + Data + "volumes:\n  data: { labels: { tier: data } }\n")
            .Images("busybox")
            .Network("default")
            .VolumeOf("data", ComposeLabels.CompatibleVersion, made => made with { Labels = new Dictionary<string, string>() })
            .Container("web")
            .Up(),
        ["volume-hash-by-another-rule"] = () => new Situation(Web + Data + "volumes:\n  data: { labels: { tier: data } }\n")
            .Images("busybox")
            .Network("default")
            .VolumeOf("data", "9.9.9")
            .Container("web")
            .Up(),
        ["volume-drifted-shared"] = () => new Situation(
            Web + Data + "  side:\n    image: busybox\n    network_mode: service:web\nvolumes:\n  data: {}\n")
            .Images("busybox")
            .Network("default")
            .Volume("data", hash: "old")
            .Container("web")
            .Container("side")
            .Up(answers: new Answers(["recreate-volume:data"])),
        ["volume-drifted-dependents"] = () => new Situation(
            Web + Data + "  front:\n    image: busybox\n    depends_on: { web: { condition: service_started, restart: true } }\n"
                + "volumes:\n  data: {}\n")
            .Images("busybox")
            .Network("default")
            .Volume("data", hash: "old")
            .Container("web")
            .Container("front")
            .Up(answers: new Answers(["recreate-volume:data"])),
        ["volume-drifted-of-another-service"] = () => TwoUsers()
            .Up(new UpOptions { Services = ["web"] }, new Answers(["recreate-volume:data"])),
        ["volume-drifted-no-longer-mounted"] = () => TwoUsers()
            .Under(Web + "  job:\n    image: busybox\n" + Data + "volumes:\n  data: {}\n")
            .Up(answers: new Answers(["recreate-volume:data"])),
        ["volume-two-drifted-one-user"] = () => new Situation(
            Web + "    volumes: [data:/data, more:/more]\nvolumes:\n  data: {}\n  more: {}\n")
            .Images("busybox")
            .Network("default")
            .Volume("data", hash: "old")
            .Volume("more", hash: "old")
            .Container("web")
            .Up(answers: new Answers([]) { All = true }),
        ["volume-drifted-keeper"] = () => Cached().Up(answers: new Answers([]) { All = true }),
        ["volume-drifted-keeper-renewed"] = () => Cached()
            .Up(new UpOptions { RenewAnonymousVolumes = true }, new Answers([]) { All = true }),
        ["volume-drifted-keeper-left"] = () => Cached()
            .Keeper("web", removed: "000000abc000")
            .Up(answers: new Answers([]) { All = true }),
        ["volume-drifted-keeper-left-kept"] = () => Cached().Keeper("web", removed: "000000abc000").Up(),
        ["volume-drifted-keeper-alone"] = () => new Situation(Web + Cache)
            .Images("busybox")
            .Network("default")
            .Keeper("web")
            .Up(),
        ["volume-drifted-keeper-no-recreate"] = () => new Situation(Web + Cache)
            .Images("busybox")
            .Network("default")
            .Volume("data")
            .Keeper("web")
            .Up(new UpOptions { NoRecreate = true }),
        ["volume-drifted-keeper-fewer"] = () => new Situation(Web + Cache)
            .Images("busybox")
            .Network("default")
            .Volume("data")
            .Container("web", 2)
            .Keeper("web")
            .Up(),
        ["volume-drifted-keeper-two-of-three"] = () => new Situation(Web + "    scale: 3\n" + Cache)
            .Images("busybox")
            .Network("default")
            .Volume("data")
            .Container("web", 2)
            .Keeper("web")
            .Up(),
        ["volume-drifted-keeper-down"] = () => new Situation(Web + Cache).Volume("data").Keeper("web").Down(volumes: true),
        ["volume-drifted-strangers"] = () => Cached().Lent("data", "backup", "other-db-1").Up(),
        ["down-volumes-undeclared"] = () => new Situation(Web + Data + "volumes:\n  data: {}\n")
            .Running()
            .Under(Web)
            .Down(volumes: true),
        ["volume-added"] = () => new Situation(Web).Running().Under(Web + Data + "volumes:\n  data: {}\n").Up(),
    };

    public static TheoryData<string> Names => GoldenPlan.Names(Situations);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_planned(string name) => GoldenPlan.Verify(name, Situations[name]());

    [Fact]
    public void The_replacement_of_a_container_whose_volume_is_recreated_takes_its_anonymous_volumes_over()
    {
        var anonymous = Situation.Anonymous.Name!;
        var created = Cached().Up(answers: new Answers([]) { All = true }).Actions.OfType<CreateContainer>().ToList();
        Assert.Equal([anonymous + ":/cache"], Assert.IsType<ReadyRequest>(created[0].Blueprint).Request.HostConfig!.Binds!);
        Assert.Equal(anonymous, Situation.Source(created[1]).InheritedVolumes["/cache"]);
        var resumed = new Situation(Web + Cache).Images("busybox").Network("default").Volume("data").Keeper("web").Up();
        var replacement = Assert.Single(resumed.Actions.OfType<CreateContainer>());
        Assert.Equal(anonymous, Situation.Source(replacement).InheritedVolumes["/cache"]);
    }

    [Fact]
    public void A_forced_recreation_of_a_volume_others_use_is_refused_before_anything_is_pulled()
    {
        var lent = new Situation(Web + Cache).Network("default").Volume("data", hash: "old").Lent("data", "backup");
        var context = new PlanContext(
            lent.Project, lent.State, new UpOptions(), new Answers([]) { All = true }, Compose.Execute.Running.Hashing.Rules);
        var refusal = Assert.Throws<Compose.Errors.ComposeException>(() => UpPlanner.Images(context)).Info;
        Assert.Equal(("VolumeInUse", true), (refusal.Id, refusal.Message.EndsWith("use it: backup", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_holds_volumes_is_no_replica_to_start_or_to_be_cloned()
    {
        var left = new Situation(Web + Cache)
            .Images("busybox")
            .Network("default")
            .Volume("data")
            .Container("web", 2, web => web with { State = "exited", ExitCode = 0 })
            .Keeper("web");
        Assert.Equal(
            "StartContainer service:web:2", Assert.Single(StartPlanner.Plan(left.State, left.Request()).Actions).ToString());
        Assert.All(
            left.Scale(("web", 2)).Actions.OfType<CreateContainer>(), create => Assert.Equal("demo-web-3", create.Container));
    }

    [Fact]
    public void A_container_joins_a_recreated_network_with_all_its_names_and_links()
    {
        const string Yaml =
            Web + "    networks: { default: { aliases: [www] } }\n    links: ['db:store']\n  db:\n    image: busybox\n";
        var plan = new Situation(Yaml)
            .Images("busybox")
            .Network("default", hash: "old")
            .Container("web")
            .Container("db")
            .Container("old", 1, On)
            .Other("web", "demo-web-run-1", "running")
            .Up();
        var joins = plan.Actions.OfType<ConnectNetwork>().ToDictionary(join => join.Container, join => join.Endpoint);
        Assert.Equal(["demo-web-1", "web", "www"], joins["demo-web-1"]!.Aliases!);
        Assert.Contains("demo-db-1:store", joins["demo-web-1"]!.Links!);
        Assert.Equal(["demo-old-1", "old"], joins["demo-old-1"]!.Aliases!);
        Assert.Null(joins["demo-web-run-1"]);
    }

    private static ObservedContainer On(ObservedContainer container) =>
        container with { Networks = new Dictionary<string, string> { ["demo_default"] = "id-demo_default" } };

    /// <summary>The containers are stopped and on other networks.</summary>
    private static ObservedContainer Off(ObservedContainer container, Dictionary<string, string> networks) =>
        container with { State = "exited", ExitCode = 0, Networks = networks };

    private const string Cache = "    volumes: [data:/data, /cache]\nvolumes:\n  data: {}\n";

    /// <summary>A changed volume, and a service that uses it and has an anonymous volume.</summary>
    private static Situation Cached() => new Situation(Web + Cache)
        .Images("busybox")
        .Network("default")
        .Volume("data", hash: "old")
        .Container("web", 1, web => web with { Mounts = [.. web.Mounts, Situation.Anonymous] });

    private static Situation TwoUsers() =>
        new Situation(Web + Data + "  job:\n    image: busybox\n" + Data + "volumes:\n  data: {}\n")
        .Images("busybox")
        .Network("default")
        .Volume("data", hash: "old")
        .Container("web")
        .Container("job", 1, job => job with { State = "exited", ExitCode = 0 });
}
