using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Tests.Plan.Up;

/// <summary>Plans of up for the contents of an engine and a file, compared with recorded texts.</summary>
public class UpGoldenTests
{
    private const string Shop = """
        services:
          web:
            image: busybox
            depends_on:
              db: { condition: service_healthy }
              cache: { condition: service_started, required: false }
            networks: [front, back]
          db:
            image: busybox
            networks: [back]
            volumes: [data:/data]
            healthcheck: { test: [CMD, "true"] }
          cache:
            image: busybox
            networks: [back]
        networks:
          front: {}
          back: {}
        volumes:
          data: {}
        """;

    private const string Web = "services:\n  web:\n    image: busybox\n    environment: [A=1]\n";

    [Fact]
    public void Fresh() => GoldenPlan.Verify("up-fresh", new Situation(Shop).Images("busybox").Up());

    [Fact]
    public void Nothing_to_do() => GoldenPlan.Verify("up-nothing", new Situation(Web).Running().Up());

    [Fact]
    public void Two_networks_of_one_name() =>
        GoldenPlan.Verify("up-network-twice", new Situation(Web).Running().Twin("default").Up());

    [Fact]
    public void Absent_image() => GoldenPlan.Verify("up-pull", new Situation(Web).Up());

    [Fact]
    public void Always_pulled() =>
        GoldenPlan.Verify("up-pull-always", new Situation(Web).Running().Up(new UpOptions { Pull = "always" }));

    [Fact]
    public void Built() =>
        GoldenPlan.Verify(
            "up-build", new Situation("services:\n  web:\n    build: .\n  api:\n    build: .\n    image: acme/api\n").Up());

    [Fact]
    public void Forced() =>
        GoldenPlan.Verify(
            "up-forced",
            new Situation(Web).Running().Container("web", 2).Up(new UpOptions { Scale = Two, ForceRecreate = true }));

    [Fact]
    public void Changed_environment() =>
        GoldenPlan.Verify("up-changed", new Situation(Web).Running().Under(Web.Replace("A=1", "A=2")).Up());

    [Fact]
    public void Changed_and_not_recreated() =>
        GoldenPlan.Verify(
            "up-no-recreate",
            new Situation(Web).Running().Under(Web.Replace("A=1", "A=2")).Up(new UpOptions { NoRecreate = true }));

    [Fact]
    public void Changed_image() =>
        GoldenPlan.Verify(
            "up-changed-image", new Situation(Web).Running().Images("alpine").Under(Web.Replace("busybox", "alpine")).Up());

    [Fact]
    public void Scaled_up() =>
        GoldenPlan.Verify(
            "up-scale-up",
            new Situation(Web).Running().Up(new UpOptions { Scale = new Dictionary<string, int> { ["web"] = 3 } }));

    [Fact]
    public void Scaled_down() =>
        GoldenPlan.Verify("up-scale-down", new Situation(Web).Running().Container("web", 2).Container("web", 3).Up());

    [Fact]
    public void Scaled_down_obsolete_first() => GoldenPlan.Verify("up-scale-down-obsolete", new Situation(Web).Running()
        .Container("web", 2, web => web with { Labels = Stale(web) }).Container("web", 3).Up(new UpOptions { Scale = Two }));

    [Fact]
    public void Removed_by_hand() =>
        GoldenPlan.Verify(
            "up-removed-by-hand",
            new Situation(Web).Images("busybox").Network("default").Container("web", 2).Up(new UpOptions { Scale = Two }));

    [Fact]
    public void Stopped() =>
        GoldenPlan.Verify(
            "up-stopped",
            new Situation(Web)
                .Images("busybox")
                .Network("default")
                .Container("web", 1, web => web with { State = "exited", ExitCode = 0 })
                .Up());

    [Fact]
    public void Paused() =>
        GoldenPlan.Verify(
            "up-paused",
            new Situation(Web)
                .Images("busybox")
                .Network("default")
                .Container("web", 1, web => web with { State = "paused" })
                .Up());

    [Fact]
    public void Orphans_are_warned_of() => GoldenPlan.Verify("up-orphans", new Situation(Web).Running().Container("old").Up());

    [Fact]
    public void Orphans_are_removed_when_asked() =>
        GoldenPlan.Verify(
            "up-remove-orphans", new Situation(Web).Running().Container("old").Up(new UpOptions { RemoveOrphans = true }));

    [Fact]
    public void Profiled_services_are_no_orphans() =>
        Assert.True(
            new Situation(Web + "  tool:\n    image: busybox\n    profiles: [debug]\n").Running().Container("tool").Up().IsEmpty);

    [Fact]
    public void Missing_network() =>
        GoldenPlan.Verify("up-missing-network", new Situation(Web).Images("busybox").Container("web").Up());

    [Fact]
    public void Drifted_network() =>
        GoldenPlan.Verify(
            "up-drifted-network", new Situation(Web).Images("busybox").Network("default", hash: "old").Container("web").Up());

    [Fact]
    public void Foreign_network() =>
        GoldenPlan.Verify(
            "up-foreign-network", new Situation(Web).Images("busybox").Network("default", project: null).Container("web").Up());

    [Fact]
    public void Drifted_volume_is_kept() => GoldenPlan.Verify("up-drifted-volume-kept", DriftedVolume().Up());

    [Fact]
    public void Drifted_volume_is_recreated_when_agreed() =>
        GoldenPlan.Verify("up-drifted-volume", DriftedVolume().Up(answers: new Answers(["recreate-volume:data"])));

    [Fact]
    public void Interrupted_before_the_old_was_gone() => GoldenPlan.Verify("up-leftover", new Situation(Web).Running()
        .Container("web", 1, web => web with { Name = "000000abc000_demo-web-1" }).Up());

    [Fact]
    public void Interrupted_before_the_rename() =>
        GoldenPlan.Verify("up-misnamed", new Situation(Web).Images("busybox").Network("default")
        .Container("web", 1, web => web with { Name = "0123456789ab_demo-web-1" }).Up());

    [Fact]
    public void Shared_namespace_follows_its_parent()
    {
        const string Shared = Web + "  side:\n    image: busybox\n    network_mode: service:web\n";
        GoldenPlan.Verify("up-namespace-parent", new Situation(Shared).Running().Under(Shared.Replace("A=1", "A=2")).Up());
    }

    [Fact]
    public void Dependents_with_restart_stop_and_start_again()
    {
        const string Linked =
            Web + "  front:\n    image: busybox\n    depends_on:\n      web: { condition: service_started, restart: true }\n";
        GoldenPlan.Verify("up-restart-dependents", new Situation(Linked).Running().Under(Linked.Replace("A=1", "A=2")).Up());
    }

    [Fact]
    public void Completed_dependency() => GoldenPlan.Verify("up-completed", new Situation(
        "services:\n  web:\n    image: busybox\n    depends_on:\n      job: { condition: service_completed_successfully }\n  "
            + "job:\n    image: busybox\n")
            .Images("busybox")
            .Up());

    [Fact]
    public void Waiting_is_one_node_a_service() =>
        GoldenPlan.Verify(
            "up-wait",
            new Situation(Web).Images("busybox").Up(new UpOptions { Wait = true, WaitTimeout = TimeSpan.FromSeconds(5) }));

    [Fact]
    public void Not_started() =>
        GoldenPlan.Verify("up-no-start", new Situation(Web).Images("busybox").Up(new UpOptions { NoStart = true }));

    [Fact]
    public void One_off() => GoldenPlan.Verify("run-fresh", OneOff(new Situation(Shop).Images("busybox")));

    [Fact]
    public void One_off_beside_replicas() => GoldenPlan.Verify("run-beside", OneOff(new Situation(Shop).Running()));

    [Fact]
    public void One_off_alone() =>
        GoldenPlan.Verify("run-alone", OneOff(new Situation(Shop).Images("busybox"), noDependencies: true));

    [Fact]
    public void Hooks() =>
        GoldenPlan.Verify(
            "up-hooks",
            new Situation(
                "services:\n  web:\n    image: busybox\n    post_start: [{ command: [\"true\"] }]\n    pre_stop: [{ command: "
                    + "[\"true\"] }]\n")
        .Running().Up(new UpOptions { ForceRecreate = true }));

    [Fact]
    public void Selected_with_its_dependencies() =>
        GoldenPlan.Verify("up-selected", new Situation(Shop).Images("busybox").Up(new UpOptions { Services = ["db"] }));

    [Fact]
    public void Selected_alone() =>
        GoldenPlan.Verify(
            "up-no-dependencies",
            new Situation(Shop).Images("busybox").Up(new UpOptions { Services = ["web"], NoDependencies = true }));

    [Fact]
    public void Absent_external_network_is_refused_first() =>
        Refused("ExternalNetworkNotFound", Web + "networks:\n  default: { name: shared, external: true }\n");

    [Fact]
    public void Absent_external_volume_is_refused_first() =>
        Refused("ExternalVolumeNotFound", Web + "    volumes: [data:/data]\nvolumes:\n  data: { external: true }\n");

    [Fact]
    public void A_container_name_cannot_be_scaled()
    {
        var error = Refused("ContainerNameScaled", Web + "    container_name: one\n", new UpOptions { Scale = Two });
        Assert.Matches(@"compose\.yaml:2:\d+: service 'web'", error.Message);
    }

    [Fact]
    public void A_pull_policy_of_never_refuses_an_absent_image() =>
        Refused("ImageNotFound", Web + "    pull_policy: never\n", images: false);

    [Fact]
    public void Another_network_id_recreates() =>
        Assert.Contains("not attached to network default", new Situation(Web).Images("busybox").Network("default")
        .Container("web", 1, web => web with { Networks = new Dictionary<string, string> { ["demo_default"] = "another" } })
        .Up()
        .ToString());

    [Fact]
    public void A_changed_image_label_recreates() =>
        Assert.Contains("Recreate service:web:1: image busybox changed", new Situation(Web).Images("busybox").Network("default")
        .Container("web", 1, web => web with { Labels = With(web, ComposeLabels.Image, "sha256:old"), ImageId = "sha256:old" })
        .Up()
        .ToString());

    private static Dictionary<string, int> Two => new() { ["web"] = 2 };

    private static Situation DriftedVolume() =>
        new Situation(Web + "    volumes: [data:/data]\nvolumes:\n  data: {}\n")
            .Images("busybox")
            .Network("default")
            .Volume("data", hash: "old")
            .Container("web");

    private static ErrorInfo Refused(string id, string yaml, UpOptions? options = null, bool images = true)
    {
        var situation = new Situation(yaml);
        var exception = Assert.Throws<ComposeException>(() => (images ? situation.Images("busybox") : situation).Up(options));
        Assert.Equal(id, exception.Info.Id);
        return exception.Info;
    }

    private static Dictionary<string, string> Stale(ObservedContainer container) =>
        With(container, ComposeLabels.ConfigHash, "old");

    private static Dictionary<string, string> With(ObservedContainer container, string label, string value)
    {
        var labels = container.Labels.ToDictionary(pair => pair.Key, pair => pair.Value);
        labels[label] = value;
        return labels;
    }

    private static ComposePlan OneOff(Situation situation, bool noDependencies = false)
    {
        var oneOff = new OneOff { Service = "web", Slug = new string('5', 64), Command = ["true"] };
        var options = new UpOptions { Services = ["web"], OneOff = oneOff, NoDependencies = noDependencies };
        return UpPlanner.Whole(
            new PlanContext(
                oneOff.Apply(situation.Project), situation.State, options, Answers.None,
                Compose.Execute.Running.Hashing.Rules) { Now = Situation.Now });
    }
}
