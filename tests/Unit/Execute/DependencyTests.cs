using Compose.Execute.Session;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>What depends_on waits for, on the real engine.</summary>
public class DependencyTests
{
    private const string Sleeper = EngineProject.Sleeper;

    [EngineFact]
    public async Task A_failed_one_shot_stops_its_dependents_and_says_why()
    {
        await using var project = await EngineProject.CreateAsync("oneshot");
        var report = await project.UpAsync($"""
            services:
              checker:
                image: busybox
                command: sh -c 'echo no such table; exit 1'
              web:
                {Sleeper}
                depends_on:
                  checker: {"{ condition: service_completed_successfully }"}
              other:
                {Sleeper}
            """);

        var failed = Assert.Single(report.Failed);
        Assert.StartsWith("service \"checker\" didn't complete successfully: exit 1", failed.Reason);
        Assert.Contains("no such table", failed.Reason);
        Assert.Contains(report.Skipped, skipped => skipped is { Action: "StartContainer", Target: "service:web:1" });
        Assert.Equal("Running", (await project.ContainersAsync()).Single(container => container.Service == "other").State);
    }

    [EngineFact]
    public async Task A_healthy_dependency_is_waited_for()
    {
        await using var project = await EngineProject.CreateAsync("health");
        var report = await project.UpAsync($"""
            services:
              db:
                {Sleeper}
                healthcheck: {"{ test: [CMD, test, -e, /etc/passwd], interval: 1s }"}
              web:
                {Sleeper}
                depends_on:
                  db: {"{ condition: service_healthy }"}
            """);

        Assert.Empty(report.Failed);
        Assert.Equal("Healthy", (await project.ContainersAsync()).Single(container => container.Service == "db").Health);
        Assert.Contains(report.Actions, action => action is { Action: "WaitForService", Status: "Done" });
    }

    [EngineFact]
    public async Task A_dependency_without_healthcheck_under_service_healthy_is_an_error()
    {
        await using var project = await EngineProject.CreateAsync("nohealth");
        var report = await project.UpAsync($"""
            services:
              db:
                {Sleeper}
              web:
                {Sleeper}
                depends_on:
                  db: {"{ condition: service_healthy }"}
            """);

        Assert.Equal("NoHealthcheck", Assert.Single(report.Failed).Error!.Id);
    }

    [EngineTheory]
    [InlineData("service_healthy", "command: sh -c 'exit 1', healthcheck: { test: 'true', interval: 1s }", "exited (1)")]
    [InlineData("service_healthy", "command: sleep 600, healthcheck: { test: 'false', interval: 1s, retries: 1 }",
        "is unhealthy")]
    [InlineData("service_healthy", "command: sleep 600", "has no healthcheck configured")]
    [InlineData("service_completed_successfully", "command: sh -c 'exit 1'", "didn't complete successfully: exit 1")]
    public async Task An_optional_dependency_that_fails_is_a_warning(string condition, string dependency, string why)
    {
        await using var project = await EngineProject.CreateAsync("optional");
        var yaml = $$"""
            services:
              a:
                {{Sleeper}}
                depends_on: { b: { condition: {{condition}}, required: false } }
              b: { image: busybox, stop_grace_period: 0s, {{dependency}} }
            """;

        var report = await project.UpAsync(yaml);

        Assert.True(report.Succeeded);
        Assert.Equal(
            ("Warned", "WaitForService service:b"),
            report.Actions.Where(action => action.Status != "Done")
                .Select(action => (action.Status, action.ToString()))
                .Single());
        Assert.Contains(why, Assert.Single(project.Warnings));
        Assert.StartsWith("Optional dependency 'b' failed: ", project.Warnings[0]);
        Assert.Equal("Running", (await project.ContainersAsync()).Single(container => container.Service == "a").State);

        // The same with start.
        var request = new LifecycleRequest { ProjectName = project.Name, Project = project.Load(yaml) };
        await project.RunAsync(await project.Session.Plans.LifecycleAsync(LifecyclePlanner.Stop, request, default));
        Assert.True(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(StartPlanner.Plan, request, default))).Succeeded);
        Assert.Equal("Running", (await project.ContainersAsync()).Single(container => container.Service == "a").State);
    }

    [PeerFact]
    public async Task Docker_compose_warns_and_refuses_where_we_do()
    {
        await using var project = await EngineProject.CreateAsync("peerneeds");
        var optional =
            $"services:\n  a:\n    {Sleeper}\n    depends_on: {{ b: {{ condition: service_healthy, required: false }} }}\n  b:\n "
                + $"   {Sleeper}\n";
        Assert.True((await project.UpAsync(optional)).Succeeded);
        await project.DownAsync();
        Assert.Equal(0, (await project.PeerAsync("up", "-d")).Code);
        await project.DownAsync();

        foreach (var shared in new[] { "network_mode: service:b", "ipc: service:b", "pid: service:b", "volumes_from: [b]" })
        {
            var yaml = $"services:\n  a:\n    {Sleeper}\n    {shared}\n  b:\n    {Sleeper}\n";
            var alone = new UpOptions { Services = ["a"], NoDependencies = true };
            Assert.Equal(
                "SharedContainerMissing",
                (await Assert.ThrowsAsync<Compose.Errors.ComposeException>(() => project.UpAsync(yaml, alone))).Info.Id);
            foreach (var command in new[] { "up -d --no-deps a", "run --rm --no-deps a true" })
            {
                var (code, output) = await project.PeerAsync(command.Split(' '));
                Assert.Equal(1, code);
                Assert.Contains("with service b: container missing", output);
            }
        }
    }

    [EngineTheory]
    [InlineData("sh -c 'sleep 0.2; exit 3'", "")]
    [InlineData("sh -c 'exit 3'", "restart: always")]
    public async Task A_dependency_that_ends_before_it_is_healthy_is_said_to_have_ended(string command, string restart)
    {
        await using var project = await EngineProject.CreateAsync("ends");
        var report = await project.UpAsync($$"""
            services:
              web:
                {{Sleeper}}
                depends_on: { db: { condition: service_healthy } }
              db:
                image: busybox
                command: {{command}}
                stop_grace_period: 0s
                {{restart}}
            """);

        var failed = Assert.Single(report.Failed);
        Assert.Equal("DependencyExited", failed.Error!.Id);
        Assert.Contains("convergeends-db-1 exited (3)", failed.Reason);
    }

    [EngineFact]
    public async Task A_wait_for_the_end_of_what_the_engine_always_starts_again_ends_without_files_too()
    {
        await using var project = await EngineProject.CreateAsync("forever");
        var yaml =
            $"services:\n  web:\n    {Sleeper}\n    depends_on: {{ job: {{ condition: service_completed_successfully }} }}\n  "
                + $"job:\n    {Sleeper}\n    restart: always\n";
        await project.UpAsync(yaml, new UpOptions { NoStart = true });

        var report = await project.RunAsync(
            await project.Session.Plans.LifecycleAsync(
                StartPlanner.Plan, new LifecycleRequest { ProjectName = project.Name }, default));

        Assert.Equal("DependencyNeverCompletes", Assert.Single(report.Failed).Error!.Id);
    }

    [EngineFact]
    public async Task A_cancelled_run_ends_at_once()
    {
        await using var project = await EngineProject.CreateAsync("cancel");
        var model = project.Load($"""
            services:
              slow:
                image: busybox
                command: sleep 600
                stop_grace_period: 0s
              web:
                {Sleeper}
                depends_on:
                  slow: {"{ condition: service_completed_successfully }"}
            """);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var run = new UpRun(project.Session, model, new UpOptions());
        var plan = await run.NextAsync(Answers.None, default);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            run.ExecuteAsync(plan!, new Compose.Execute.Session.ExecuteOptions(), project, cancellation.Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }
}
