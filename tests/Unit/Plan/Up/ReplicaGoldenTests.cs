using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Tests.Plan.Up;

/// <summary>Plans for replicas: the rules for recreating, numbers and scale, names, orphans and profiles.</summary>
public class ReplicaGoldenTests
{
    private const string Web = "services:\n  web:\n    image: busybox\n    environment: [A=1]\n";
    private const string Pair = Web + "    depends_on: [db]\n  db:\n    image: busybox\n";

    private const string Bridged =
        Web + "    network_mode: bridge\n  side:\n    image: busybox\n    network_mode: bridge\n    links: ['web:store']\n";
    private const string Linked =
        Web + "  side:\n    image: busybox\n    links: ['web:store']\n    depends_on: { web: { condition: service_started } }\n";

    /// <summary>A service that is restarted when either of two others is.</summary>
    private const string Restarted =
        Web + "  db:\n    image: busybox\n    environment: [B=1]\n  front:\n    image: busybox\n    depends_on:\n"
        + "      web: { condition: service_started, restart: true }\n      db: { condition: service_started, restart: true }\n";

    private static readonly IReadOnlyDictionary<string, Func<object>> Situations = new Dictionary<string, Func<object>>
    {
        ["replica-image-renewed"] = () => Ready(Web).Container("web", 1, Renewed).Up(),
        ["replica-other-network-id"] = () => Ready(Web)
            .Container("web", 1, web => web with { Networks = new Dictionary<string, string> { ["demo_default"] = "another" } })
            .Up(),
        ["replica-volume-not-mounted"] = () => Ready(Web + "    volumes: [data:/data]\nvolumes:\n  data: {}\n")
            .Volume("data")
            .Container("web", 1, web => web with { Mounts = [] })
            .Up(),
        ["replica-forced-selected"] = () => new Situation(Pair)
            .Running()
            .Up(new UpOptions { Services = ["web"], ForceRecreate = true }),
        ["replica-forced-with-dependencies"] = () => new Situation(Pair)
            .Running()
            .Up(new UpOptions { Services = ["web"], ForceRecreate = true, AlwaysRecreateDependencies = true }),
        ["replica-dependency-changed"] = () => new Situation(Pair)
            .Running()
            .Under(Pair.Replace("db:\n    image: busybox", "db:\n    image: busybox\n    user: '7'"))
            .Up(new UpOptions { Services = ["web"] }),
        ["replica-renewed-volumes"] = () => new Situation(Web + "    volumes: [/cache]\n")
            .Running()
            .Up(new UpOptions { RenewAnonymousVolumes = true, ForceRecreate = true }),
        ["replica-named"] = () => new Situation(Web + "    container_name: front\n").Images("busybox").Up(),
        ["replica-named-changed"] = () => new Situation(Web + "    container_name: front\n")
            .Running()
            .Under(Web.Replace("A=1", "A=2") + "    container_name: front\n")
            .Up(),
        ["replica-renamed"] = () => new Situation(Web).Running().Under(Web + "    container_name: front\n").Up(),
        ["replica-ipc-parent"] = () => Parent("ipc: service:web"),
        ["replica-pid-parent"] = () => Parent("pid: service:web"),
        ["replica-volumes-parent"] = () => Parent("volumes_from: [web]"),
        ["replica-parent-gone"] = () => Ready(Web + "  side:\n    image: busybox\n    network_mode: service:web\n")
            .Container("side")
            .Up(),
        ["replica-linked-on-bridge"] = () => new Situation(Bridged).Running().Under(Bridged.Replace("A=1", "A=2")).Up(),
        ["replica-linked-on-bridge-gone"] = () => new Situation(Bridged).Images("busybox").Container("side").Up(),
        ["replica-linked-elsewhere"] = () => new Situation(Linked).Running().Under(Linked.Replace("A=1", "A=2")).Up(),
        ["replica-failed-dependents-go-on"] = () => new Situation(Restarted)
            .Running()
            .Under(Restarted.Replace("A=1", "A=2").Replace("B=1", "B=2"))
            .Up(),
        ["replica-created"] = () => In("created"),
        ["replica-dead"] = () => In("dead"),
        ["replica-restarting"] = () => In("restarting"),
        ["replica-exited-one-of-three"] = () => Ready(Web + "    scale: 3\n")
            .Container("web")
            .Container("web", 2, web => web with { State = "exited", ExitCode = 137 })
            .Container("web", 3)
            .Up(),
        ["replica-gap-in-numbers"] = () => Ready(Web + "    scale: 3\n").Container("web").Container("web", 4).Up(),
        ["replica-none-wanted"] = () => new Situation(Web)
            .Running()
            .Up(new UpOptions { Scale = new Dictionary<string, int> { ["web"] = 0 } }),
        ["replica-deployed"] = () => new Situation("services:\n  web:\n    image: busybox\n    deploy: { replicas: 2 }\n")
            .Images("busybox")
            .Up(),
        ["replica-changed-and-fewer"] = () => new Situation(Web + "    scale: 3\n")
            .Running()
            .Under(Web.Replace("A=1", "A=2") + "    scale: 1\n")
            .Up(),
        ["replica-older-release-kept"] = () => Ready(Web + "    scale: 2\n")
            .Container("web", 1, web => Labelled(web, ComposeLabels.Version, "2.26.1"))
            .Up(),
        ["profile-enabled"] = () => new Situation(Web + "  tool:\n    image: busybox\n    profiles: [debug]\n", "debug")
            .Images("busybox")
            .Up(),
        ["profile-left-out"] = () => new Situation(Web + "  tool:\n    image: busybox\n    profiles: [debug]\n")
            .Images("busybox")
            .Up(),
        ["orphan-one-off-ended"] = () => new Situation(Web)
            .Running()
            .Other("web", "demo-web-run-1", "exited")
            .Up(new UpOptions { RemoveOrphans = true }),
        ["orphan-one-off-running"] = () => new Situation(Web)
            .Running()
            .Other("web", "demo-web-run-1", "running")
            .Up(new UpOptions { RemoveOrphans = true }),
        ["scale-clones-newest"] = () => new Situation(Web).Running().Scale(("web", 3)),
        ["scale-clones-down"] = () => new Situation(Web + "    scale: 3\n").Running().Scale(("web", 1)),
        ["scale-clones-to-none"] = () => new Situation(Pair).Running().Scale(("web", 0), ("db", 1)),
        ["scale-clones-start-stopped"] = () => Ready(Web)
            .Container("web", 1, web => web with { State = "exited", ExitCode = 0 })
            .Scale(("web", 1)),
    };

    public static TheoryData<string> Names => GoldenPlan.Names(Situations);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_planned(string name) => GoldenPlan.Verify(name, Situations[name]());

    [Fact]
    public void A_service_brought_up_alone_shares_with_and_is_linked_to_what_there_is()
    {
        const string Yaml = Web + "  side:\n    image: busybox\n    pid: service:web\n    links: ['web:store']\n";
        var situation = Ready(Yaml).Container("web");
        var plan = situation.Up(new UpOptions { Services = ["side"], NoDependencies = true });
        var source = Situation.Source(Assert.Single(plan.Actions.OfType<CreateContainer>()));
        Assert.Equal(situation.State.Containers[0].Id, source.Parents["web"].Id);
        Assert.Contains("demo-web-1:store", source.Links);
    }

    [Fact]
    public void An_image_label_in_another_form_is_no_change_where_the_engine_says_the_image_is_the_same() =>
        Assert.True(
            Ready(Web)
                .Container("web", 1, web => Labelled(web, ComposeLabels.Image, "sha256:" + new string('9', 64)))
                .Up().IsEmpty);

    private static Situation Ready(string yaml) => new Situation(yaml).Images("busybox").Network("default");

    private static ComposePlan In(string state) => Ready(Web).Container("web", 1, web => web with { State = state }).Up();

    private static ComposePlan Parent(string shared)
    {
        var yaml = Web + $"  side:\n    image: busybox\n    {shared}\n";
        return new Situation(yaml).Running().Under(yaml.Replace("A=1", "A=2")).Up();
    }

    private static ObservedContainer Renewed(ObservedContainer container) =>
        Labelled(
            container, ComposeLabels.Image, "sha256:" + new string('2', 64)) with { ImageId = "sha256:" + new string('2', 64) };

    private static ObservedContainer Labelled(ObservedContainer container, string label, string value) =>
        container with { Labels = Situation.With(container.Labels, label, value) };
}
