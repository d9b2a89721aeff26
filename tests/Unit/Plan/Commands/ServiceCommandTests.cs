using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Tests.Plan.Commands;

/// <summary>Plans of restart, pause, unpause, kill and remove for existing containers, compared with recorded texts.</summary>
public class ServiceCommandTests
{
    private const string Chain = """
        services:
          web:
            image: busybox
            depends_on:
              api: { condition: service_started, restart: true }
              cache: { condition: service_started }
          api:
            image: busybox
            depends_on:
              db: { condition: service_healthy, restart: true }
            pre_stop: [{ command: drain }]
            post_start: [{ command: warm }, { command: tell }]
          db:
            image: busybox
          cache:
            image: busybox
        """;

    private static LifecycleRequest Request => new() { ProjectName = "demo" };

    private static LifecycleRequest Of(params string[] services) => Request with { Services = services };

    private static Situation Running => new Situation(Chain).Running();

    [Fact]
    public void Restart_takes_along_what_asks_for_it() =>
        GoldenPlan.Verify("restart-dependents", RestartPlanner.Plan(Running.State, Of("db")));

    [Fact]
    public void Restart_runs_hooks_where_files_tell_of_them() =>
        GoldenPlan.Verify("restart-hooks", RestartPlanner.Plan(Running.State, Of("api") with { Project = Running.Project }));

    [Fact]
    public void Restart_without_dependencies_is_of_the_service_alone() =>
        Assert.Equal(
            "Restart service:db:1: asked for (Downtime)\n  #1 RestartContainer service:db:1\n",
            RestartPlanner.Plan(Running.State, Of("db") with { NoDependencies = true }).Text);

    [Theory]
    [InlineData("service_started", true, "#1")]
    [InlineData("service_started", false, "#1?")]
    public void Restart_goes_on_where_an_optional_dependency_could_not_be_restarted(string condition, bool required, string edge)
    {
        var files = $$"""
            services:
              web:
                image: busybox
                depends_on: { db: { condition: {{condition}}, restart: true, required: {{(required ? "true" : "false")}} } }
                pre_stop: [{ command: drain }]
              db:
                image: busybox
            """;
        var running = new Situation(files).Running();

        var plan = RestartPlanner.Plan(running.State, Of("db") with { Project = running.Project });

        Assert.Equal(
            ["RestartContainer service:db:1", "RunHook service:web:1", "RestartContainer service:web:1"],
            plan.Actions.Select(action => action.ToString()));
        Assert.Equal(edge, string.Join(" ", plan.Actions[1].After));
        Assert.Contains(edge, plan.Actions[2].After.Select(after => after.ToString()));
    }

    [Fact]
    public void Restart_starts_what_was_stopped_and_leaves_other_services() =>
        Assert.Equal(
            ["cache"],
            Targets(
                RestartPlanner.Plan(
                    new Situation(Chain).Container("cache", 1, cache => cache with { State = "exited" }).Container("db").State,
                    Of("cache"))));

    [Fact]
    public void Restart_of_all_is_one_step_a_container() =>
        Assert.Equal(4, RestartPlanner.Plan(Running.State, Request).Actions.Count(action => action is RestartContainer));

    [Fact]
    public void Files_say_which_services_are_meant()
    {
        var state = Running.Container("old").State;

        Assert.DoesNotContain("old", Targets(RestartPlanner.Plan(state, Request with { Project = Running.Project })));
        Assert.Contains("old", Targets(RestartPlanner.Plan(state, Request)));
        Assert.DoesNotContain("old", Targets(PauseAndKillPlanner.Kill(state, Request with { Project = Running.Project })));
        Assert.Contains(
            "old", Targets(PauseAndKillPlanner.Kill(state, Request with { Project = Running.Project, Orphans = true })));
    }

    [Fact]
    public void Services_and_single_containers_add_up()
    {
        var state = Running.Container("cache", 2).State;

        Assert.Equal(
            ["cache", "db"], Targets(LifecyclePlanner.Stop(state, Of("db") with { Containers = ["demo-cache-2"] })).Order());
        Assert.Equal(
            "ContainerNotFound",
            Assert.Throws<ComposeException>(() =>
                LifecyclePlanner.Stop(state, Request with { Containers = ["demo-cache-9"] })).Info.Id);
    }

    [Fact]
    public void A_project_that_is_not_there_is_one_error_whatever_is_to_be_done_to_it()
    {
        var state = new Situation(Chain).State;
        foreach (var planner in new Func<ObservedState, LifecycleRequest, ComposePlan>[]
            {
                LifecyclePlanner.Stop, StartPlanner.Plan, RestartPlanner.Plan, RemovePlanner.Plan,
                PauseAndKillPlanner.Pause, PauseAndKillPlanner.Unpause, PauseAndKillPlanner.Kill,
            })
        {
            foreach (var request in new[] { Request, Of("db") })
            {
                var error = Assert.Throws<ComposeException>(() => planner(state, request)).Info;
                Assert.Equal(
                    ("ProjectNotFound", $"The engine at {state.EngineHost} has no project 'demo'.", "demo"),
                    (error.Id, error.Message, error.Target));
            }
        }
    }

    [Fact]
    public void Pause_and_unpause_take_all_that_runs_and_the_engine_refuses_what_is_so_already()
    {
        var state = new Situation(Chain).Container("db", 1, db => db with { State = "paused" }).Container("cache").State;

        Assert.Equal(
            ["cache", "db"],
            Targets(PauseAndKillPlanner.Pause(state, Request)).OrderBy(target => target, StringComparer.Ordinal));
        Assert.Equal(
            ["cache", "db"],
            Targets(PauseAndKillPlanner.Unpause(state, Request)).OrderBy(target => target, StringComparer.Ordinal));
        Assert.Equal(["db"], Targets(PauseAndKillPlanner.Pause(state, Of("db"))));
    }

    [Fact]
    public void Pause_of_nothing_is_a_warning()
    {
        var state = new Situation(Chain).Container("db", 1, db => db with { State = "exited" }).Container("cache").State;

        Check(PauseAndKillPlanner.Pause(state, Of("db")), "demo-db-1 is exited, so nothing is done to it.");
        Check(
            PauseAndKillPlanner.Pause(state, Of("nope")),
            "Project 'demo' has no container of service 'nope', so nothing is done to it.");
        Check(
            PauseAndKillPlanner.Unpause(state, Of("nope")),
            "Project 'demo' has no container of service 'nope', so nothing is done to it.");
        var files = Request with { Project = Running.Project };
        Check(PauseAndKillPlanner.Pause(new Situation(Chain).State, files), "The engine has no container of project 'demo'.");
        Check(
            PauseAndKillPlanner.Pause(new Situation(Chain).State, files with { Services = ["db"] }),
            "Project 'demo' has no container of service 'db', so nothing is done to it.");
        Assert.Equal(["cache"], Targets(PauseAndKillPlanner.Pause(state, Of("nope", "cache"))));

        static void Check(ComposePlan plan, string warning)
        {
            Assert.True(plan.IsEmpty);
            Assert.Equal([warning], plan.Warnings);
        }
    }

    [Fact]
    public void What_is_named_and_stopped_is_told_of()
    {
        var state = new Situation(Chain).Container("db", 1, db => db with { State = "exited" }).Container("cache").State;

        Assert.Equal(
            "ServiceNotRunning", Assert.Throws<ComposeException>(() => PauseAndKillPlanner.Kill(state, Of("db"))).Info.Id);
        Assert.Equal(
            ["demo-db-1 is exited, so nothing is done to it."], PauseAndKillPlanner.Kill(state, Of("db", "cache")).Warnings);
        Assert.Empty(PauseAndKillPlanner.Kill(state, Request).Warnings);
    }

    [Fact]
    public void Kill_reaches_one_offs()
    {
        var state = Running.Container("db", 2, db => db with { OneOff = true, Name = "demo-db-run-1" }).State;

        GoldenPlan.Verify("kill", PauseAndKillPlanner.Kill(state, Of("db") with { Signal = "HUP" }));
        Assert.Equal(2, Targets(PauseAndKillPlanner.Kill(state, Of("db"))).Count);
        Assert.Single(Targets(LifecyclePlanner.Stop(state, Of("db"))));
    }

    [Theory]
    [InlineData("SIGTERM", true)]
    [InlineData("hup", true)]
    [InlineData("9", true)]
    [InlineData("SIGRTMIN+3", true)]
    [InlineData("RTMAX-14", true)]
    [InlineData("0", false)]
    [InlineData("65", false)]
    [InlineData("SIGNOPE", false)]
    [InlineData("TERM+1", false)]
    [InlineData("", false)]
    public void Signals_are_known_by_name_and_number(string signal, bool known) =>
        Assert.Equal(known, PauseAndKillPlanner.IsSignal(signal));

    [Fact]
    public void A_bad_signal_is_refused_before_anything_is_done() => Assert.Equal("InvalidSignal",
        Assert.Throws<ComposeException>(() => PauseAndKillPlanner.Kill(Running.State, Request with { Signal = "NOPE" })).Info.Id);

    [Fact]
    public void Remove_leaves_what_runs()
    {
        var state = new Situation(Chain).Container("db", 1, db => db with { State = "exited" }).Container("cache").State;

        GoldenPlan.Verify("remove", RemovePlanner.Plan(state, Request));
        GoldenPlan.Verify(
            "remove-stop",
            RemovePlanner.Plan(state, Request with { Stop = true, Volumes = true, Timeout = TimeSpan.FromSeconds(3) }));
    }

    [Fact]
    public void Start_waits_when_asked()
    {
        var state = new Situation(Chain).Container("db", 1, db => db with { State = "exited" }).Container("cache").State;

        GoldenPlan.Verify(
            "start-wait", StartPlanner.Plan(state, Request with { Wait = true, WaitTimeout = TimeSpan.FromSeconds(5) }));
    }

    [Fact]
    public void Start_of_a_service_starts_what_it_depends_on_and_waits_for_what_is_not_ready_yet()
    {
        var state = new Situation(Chain)
            .Container("db", 1, db => db with { Health = "starting" })
            .Container("api", 1, Exited)
            .Container("cache", 1, Exited)
            .Container("web", 1, Exited).State;

        GoldenPlan.Verify("start-named", StartPlanner.Plan(state, Of("web")));
        Assert.Equal(["web"], Targets(StartPlanner.Plan(state, Request with { Containers = ["demo-web-1"] })));
    }

    [Fact]
    public void Start_asks_nothing_of_what_is_ready()
    {
        var state = new Situation(Chain)
            .Container("db", 1, db => db with { Health = "healthy" })
            .Container("api", 1, Exited).State;

        Assert.Equal(["StartContainer"], StartPlanner.Plan(state, Of("api")).Actions.Select(action => action.GetType().Name));
    }

    [Fact]
    public void Start_makes_no_pre_start_container_without_the_files_of_its_service()
    {
        var situation = new Situation("services: {web: {image: busybox, pre_start: [{command: migrate}]}}");
        var project = situation.Project with
        {
            Services = situation.Project.Services.ToDictionary(
                service => service.Key, service => service.Value with { HasMissingFiles = true }),
        };
        var stopped = situation.Container("web", 1, Exited).State;
        var request = new LifecycleRequest { ProjectName = "demo", Project = project };

        var error = Assert.Throws<ComposeException>(() => StartPlanner.Plan(stopped, Known(request, stopped)));

        Assert.Equal("ServiceFilesMissing", error.Info.Id);
    }

    [Fact]
    public void Start_with_files_runs_pre_start_and_brings_secrets_as_up_does()
    {
        var situation = new Situation("""
            services:
              web:
                image: busybox
                scale: 2
                secrets: [token]
                pre_start: [{ command: migrate }]
                post_start: [{ command: warm }]
            secrets:
              token: { environment: TOKEN }
            """, new Dictionary<string, string>());
        var project = situation.Project with
        {
            Secrets = situation.Project.Secrets.ToDictionary(pair => pair.Key, pair => pair.Value with { Content = "new" }),
        };
        var request = new LifecycleRequest { ProjectName = "demo", Project = project };
        var stopped = situation.Container("web", 1, Exited).Container("web", 2, Exited).State;

        var plan = StartPlanner.Plan(stopped, Known(request, stopped));
        GoldenPlan.Verify("start-prepared", plan);
        Assert.All(
            plan.Actions.OfType<StartContainer>(), start => Assert.Equal("/run/secrets/token", Assert.Single(start.Files).Path));

        var half = new Situation("services: {}")
            .Under("services: {}").State with
            {
                Containers = [stopped.Containers[0], stopped.Containers[1] with { State = "running" }],
            };
        Assert.Empty(StartPlanner.Plan(half, Known(request, half)).Actions.OfType<RunHookContainer>());
        Assert.Empty(StartPlanner.Plan(stopped, request with { Project = null }).Actions.OfType<RunHookContainer>());
    }

    private static Compose.State.ObservedContainer Exited(Compose.State.ObservedContainer container) =>
        container with { State = "exited", ExitCode = 0 };

    [Fact]
    public void Stop_runs_hooks_where_files_tell_of_them() =>
        GoldenPlan.Verify("stop-hooks", LifecyclePlanner.Stop(Running.State, Of("api", "db") with { Project = Running.Project }));

    private static IReadOnlyList<string> Targets(ComposePlan plan) =>
        [
            .. plan.Actions.Where(action => action is not WaitForService)
            .Select(action => action.Target.Replace("service:", "").Replace("container:demo-", "").Split(':', '-')[0]),
        ];

    /// <summary>The request with the values that only files have.</summary>
    private static LifecycleRequest Known(LifecycleRequest known, Compose.State.ObservedState state) =>
        known with
        {
            Context = () => new PlanContext(
                known.Project!, state, new UpOptions(), Answers.None, Compose.Execute.Running.Hashing.Rules),
        };
}
