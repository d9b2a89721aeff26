using Compose.Plan;
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
        var run = project.Session.StartUp(model, new UpOptions());
        var plan = await run.NextAsync(Answers.None, default);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.ExecuteAsync(plan!, new Compose.Execute.ExecuteOptions(), project, cancellation.Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
