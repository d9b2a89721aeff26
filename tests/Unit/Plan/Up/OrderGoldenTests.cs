using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;

namespace Compose.Tests.Plan.Up;

/// <summary>Order: dependencies and their conditions, waits, hooks, images first, and down, stop, start and restart.</summary>
public class OrderGoldenTests
{
    private const string Web = "services:\n  web:\n    image: busybox\n";
    private const string Chain =
        Web + "    depends_on: [api]\n  api:\n    image: busybox\n    depends_on: [db]\n  db:\n    image: busybox\n";
    private const string Healthy =
        Web + "    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: busybox\n"
            + "    healthcheck: { test: [CMD, 'true'] }\n";
    private const string Job =
        Web + "    depends_on:\n      job: { condition: service_completed_successfully }\n  job:\n    image: busybox\n";
    private const string Prepared =
        Web + "    scale: 2\n    pre_start:\n      - command: [prepare]\n      - { command: [migrate], image: alpine }\n";
    private const string Mounting =
        Web + "    volumes:\n      - { type: image, source: assets, target: /assets }\n"
            + "      - { type: image, source: tool, target: /tool }\n  tool:\n    build: .\n";
    private const string Hooked =
        Web + "    post_start: [{ command: [a] }, { command: [b] }]\n    pre_stop: [{ command: [c] }]\n";

    private static readonly IReadOnlyDictionary<string, Func<object>> Situations = new Dictionary<string, Func<object>>
    {
        ["order-chain"] = () => new Situation(Chain).Images("busybox").Up(),
        ["order-chain-middle-changed"] = () => new Situation(Chain)
            .Running()
            .Under(Chain.Replace("api:\n    image: busybox", "api:\n    image: busybox\n    user: '7'"))
            .Up(),
        ["order-diamond"] = () => new Situation(
            Web + "    depends_on: [a, b]\n  a:\n    image: busybox\n    depends_on: [db]\n  b:\n    image: busybox\n"
                + "    depends_on: [db]\n  db:\n    image: busybox\n")
            .Images("busybox")
            .Up(),
        ["order-linked"] = () => new Situation(Web + "    links: ['db:store']\n  db:\n    image: busybox\n    scale: 2\n")
            .Images("busybox")
            .Up(),
        ["order-healthy-already"] = () => Ready(Healthy).Container("db", 1, db => db with { Health = "healthy" }).Up(),
        ["order-healthy-not-yet"] = () => Ready(Healthy).Container("db", 1, db => db with { Health = "starting" }).Up(),
        ["order-completed-again"] = () => Ready(Job).Container("job", 1, job => job with { State = "exited", ExitCode = 0 }).Up(),
        ["order-optional"] = () => new Situation(
            Job.Replace("completed_successfully }", "completed_successfully, required: false }"))
            .Images("busybox")
            .Up(),
        ["order-restart-healthy"] = () => RestartWhenHealthy(),
        ["order-no-dependency-stopped"] = () => Ready(Chain)
            .Container("db", 1, db => db with { State = "exited", ExitCode = 0 })
            .Up(new UpOptions { Services = ["api"], NoDependencies = true }),
        ["wait-one-shot"] = () => new Situation(Job).Images("busybox").Up(new UpOptions { Wait = true }),
        ["wait-all-there"] = () => new Situation(Chain).Running().Up(new UpOptions { Wait = true }),
        ["hook-pre-start"] = () => new Situation(Prepared).Images("busybox").Up(),
        ["hook-pre-start-no-start"] = () => Ready(Prepared).Images("alpine").Up(new UpOptions { NoStart = true }),
        ["hook-pre-start-one-runs"] = () => Ready(Prepared).Images("alpine").Container("web").Up(),
        ["hook-pre-start-recreated"] = () => new Situation(Prepared)
            .Images("alpine")
            .Running()
            .Up(new UpOptions { ForceRecreate = true }),
        ["hook-pre-start-left-over"] = () => Ready(Prepared)
            .Images("alpine")
            .Container("web", 1, web => web with { State = "created" })
            .Container("web", 2, web => web with { State = "created" })
            .Other("web", "brave_hook", "exited", hook: true).Up(),
        ["hook-post-start"] = () => new Situation(Hooked).Images("busybox").Up(),
        ["hook-pre-stop-removed"] = () => new Situation(Hooked)
            .Running()
            .Up(new UpOptions { Scale = new Dictionary<string, int> { ["web"] = 0 } }),
        ["hook-stop"] = () => Lifecycle(Hooked, LifecyclePlanner.Stop),
        ["hook-restart"] = () => Lifecycle(Hooked, RestartPlanner.Plan),
        ["hook-down"] = () => new Situation(Hooked).Running().Down(),
        ["image-daily"] = () => Ready(Web + "    pull_policy: daily\n")
            .Inspected("busybox", tagged: "2026-01-01T00:00:00Z")
            .Container("web")
            .Up(),
        ["image-other-platform"] = () => new Situation(Web + "    platform: linux/arm64\n").Inspected("busybox").Up(),
        ["image-mounted"] = () => new Situation(Mounting) { ApiMinor = 48 }.Images("busybox").Up(),
        ["image-mounted-changed"] = () => new Situation(Mounting) { ApiMinor = 48 }.Images("busybox", "assets", "demo-tool")
            .Network("default")
            .Container("web")
            .Container("tool")
            .Up(),
        ["image-shared"] = () => new Situation(Web + "  other:\n    image: busybox\n").Up(),
        ["image-build-asked"] = () => new Situation("services:\n  web:\n    build: .\n")
            .Running()
            .Up(new UpOptions { Build = true }),
        ["image-build-ruled-out"] = () => new Situation("services:\n  web:\n    build: .\n    image: acme/web\n")
            .Up(new UpOptions { NoBuild = true }),
        ["down-hook-left-over"] = () => new Situation(Hooked).Running().Other("web", "brave_hook", "exited", hook: true).Down(),
        ["down-one-off"] = () => new Situation(Web).Running().Other("web", "demo-web-run-1", "running").Down(),
        ["down-one-off-and-orphans"] = () => new Situation(Web)
            .Running()
            .Other("web", "demo-web-run-1", "running")
            .Container("old")
            .Down(orphans: true),
        ["down-local-images"] = () => new Situation("services:\n  web:\n    build: .\n  db:\n    image: busybox\n")
            .Running()
            .Down(images: "Local"),
        ["down-paused"] = () => Ready(Web).Container("web", 1, web => web with { State = "paused" }).Down(),
        ["down-external"] = () => new Situation(
            Web + "    volumes: [data:/data]\nvolumes:\n  data: { external: true }\nnetworks:\n  default: { external: true }\n")
            .Running()
            .Down(volumes: true),
        ["down-chain"] = () => new Situation(Chain).Running().Down(),
        ["restart-chain"] = () => Lifecycle(Chain, RestartPlanner.Plan),
        ["stop-selected"] = () => LifecyclePlanner.Stop(
            new Situation(Chain).Running().State, new Situation(Chain).Request("api")),
        ["start-healthy"] = () => StartPlanner.Plan(
            Ready(Healthy).Container("web", 1, Exited).Container("db", 1, Exited).State, new Situation(Healthy).Request()),
    };

    public static TheoryData<string> Names => GoldenPlan.Names(Situations);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_planned(string name) => GoldenPlan.Verify(name, Situations[name]());

    private static Situation Ready(string yaml) => new Situation(yaml).Images("busybox").Network("default");

    private static ComposePlan Lifecycle(string yaml, Func<Compose.State.ObservedState, LifecycleRequest, ComposePlan> plan)
    {
        var situation = new Situation(yaml).Running();
        return plan(situation.State, situation.Request());
    }

    private static ComposePlan RestartWhenHealthy()
    {
        var yaml = Healthy.Replace("service_healthy }", "service_healthy, restart: true }");
        return Ready(yaml)
            .Container("db", 1, db => db with { Health = "healthy" })
            .Container("web")
            .Under(yaml.Replace("db:\n    image: busybox", "db:\n    image: busybox\n    user: '7'"))
            .Up();
    }

    private static Compose.State.ObservedContainer Exited(Compose.State.ObservedContainer container) =>
        container with { State = "exited", ExitCode = 0 };
}
