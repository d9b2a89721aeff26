using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Plan.Commands;

/// <summary>Plans of down, start, stop and restart, compared with recorded texts.</summary>
public class DownGoldenTests
{
    private const string Pair = """
        services:
          web:
            image: busybox
            depends_on:
              db: { condition: service_healthy }
          db:
            image: busybox
            volumes: [data:/data]
        volumes:
          data: {}
        """;

    [Fact]
    public void Down() => GoldenPlan.Verify("down", new Situation(Pair).Running().Down());

    [Fact]
    public void With_volumes() => GoldenPlan.Verify("down-volumes", new Situation(Pair).Running().Down(volumes: true));

    [Fact]
    public void With_images() => GoldenPlan.Verify("down-images", new Situation(Pair).Running().Down(images: "All"));

    [Fact]
    public void Without_files() =>
        GoldenPlan.Verify("down-labels", new Situation(Pair).Running().Container("old").Down(volumes: true, files: false));

    [Fact]
    public void Orphans_stay() =>
        GoldenPlan.Verify(
            "down-orphans",
            new Situation(Pair)
                .Running()
                .Container(
                    "old", 1,
                    old => old with { Networks = new Dictionary<string, string> { ["demo_default"] = "id-demo_default" } })
                .Down());

    [Fact]
    public void Nothing_there_is_told()
    {
        var plan = new Situation(Pair).Down();
        Assert.Equal("Warning: The engine has nothing of project 'demo' to remove.\n", plan.Text);
        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public void A_project_that_is_only_named_and_not_there_is_an_error_that_tells_how_to_remove_a_service()
    {
        var error = Assert.Throws<ComposeException>(() => new Situation(Pair).Down(files: false)).Info;
        Assert.Equal(("ProjectNotFound", "demo"), (error.Id, error.Target));
        Assert.Contains("Remove-ComposeProject -Service web", error.Advice);
    }

    [Fact]
    public void Two_volumes_at_one_place_are_no_error_of_down()
    {
        var running = new Situation("services: { web: { image: busybox, volumes: [/cache] } }").Running();
        var notChecked = LoadedFiles.Load(
            ["services: { web: { image: busybox, volumes: [/cache, /cache/] } }"], new Dictionary<string, string>(),
            request => request with { ProjectName = "demo", Consistency = false });
        var state = running.State with { Containers = [running.State.Containers[0] with { Mounts = [Situation.Anonymous] }] };
        var plan = DownPlanner.Plan(
            state, new DownRequest { ProjectName = "demo", Project = notChecked.Project, Volumes = true });

        Assert.Equal([Situation.Anonymous.Name!], Assert.Single(plan.Actions.OfType<RemoveContainer>()).TakenOver);
    }

    [Fact]
    public void Services_of_profiles_that_are_not_enabled_stay()
    {
        const string Yaml =
            "services:\n  web:\n    image: busybox\n  extra:\n    image: busybox\n    profiles: [more]\n    networks: "
                + "[side]\nnetworks:\n  side: {}\n";
        var all = new Situation(Yaml, "more").Running();
        var plan = all.Under(Yaml).Down(volumes: true, orphans: true);

        Assert.DoesNotContain(plan.Actions, action => action.Target == "service:extra:1");
        Assert.Contains("demo-extra-1", plan.Warnings[0]);
        Assert.Contains(all.Down().Actions, action => action.Target == "service:extra:1");
        Assert.Contains(all.Under(Yaml).Down(files: false).Actions, action => action.Target == "service:extra:1");
    }

    [Fact]
    public void Volumes_that_only_such_services_use_stay_and_volumes_others_made()
    {
        const string Yaml =
            "services:\n  web:\n    image: busybox\n    volumes: [both:/b, lent:/l]\n  extra:\n    image: busybox\n    profiles: "
                + "[more]\n    volumes: [own:/o, both:/b]\nvolumes:\n  own: {}\n  both: {}\n  lent: {}\n";
        var all = new Situation(Yaml, "more").Volume("own").Volume("both").Volume("lent", project: null);
        var files = new Situation(Yaml).Project with { Volumes = all.Project.Volumes };
        var plan = DownPlanner.Plan(all.State, new DownRequest { ProjectName = "demo", Project = files, Volumes = true });

        Assert.Equal("volume:both", Assert.Single(plan.Actions).Target);
        Assert.Equal(
            ["Volume demo_own stays: only services whose profiles are not enabled use it; -Profile enables them.",
                "Volume demo_lent stays: it was not created for project demo."],
            plan.Warnings);
        Assert.Equal(["volume:both", "volume:own"], all.Down(volumes: true).Actions.Select(action => action.Target));
    }

    [Fact]
    public void Stop() => GoldenPlan.Verify("stop", LifecyclePlanner.Stop(new Situation(Pair).Running().State, Request));

    [Fact]
    public void Start() => GoldenPlan.Verify("start", StartPlanner.Plan(new Situation(Pair)
        .Container("web", 1, web => web with { State = "exited" })
        .Container("db", 1, db => db with { State = "exited" }).State, Request));

    [Fact]
    public void Restart() => GoldenPlan.Verify("restart", RestartPlanner.Plan(new Situation(Pair).Running().State, Request));

    [Fact]
    public void An_unknown_service_is_refused() => Assert.Equal("ServiceNotFound", Assert.Throws<ComposeException>(
        () => LifecyclePlanner.Stop(new Situation(Pair).Running().State, Request with { Services = ["nope"] })).Info.Id);

    [Fact]
    public void An_unknown_project_is_refused() => Assert.Equal("ProjectNotFound", Assert.Throws<ComposeException>(
        () => LifecyclePlanner.Stop(new Situation(Pair).State, Request)).Info.Id);

    private static LifecycleRequest Request => new() { ProjectName = "demo" };
}
