using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Running;

/// <summary>
/// Hooks on the real engine: the start waits for pre_start; post_start and pre_stop run inside the container.
/// </summary>
public class HookTests
{
    private const string Sleeper = "image: busybox\n    command: sleep 600\n    stop_grace_period: 0s";

    [EngineFact]
    public async Task A_pre_start_hook_writes_what_the_replicas_find_and_leaves_no_container()
    {
        await using var project = await EngineProject.CreateAsync("prestart");
        var report = await project.UpAsync($"""
            services:
              web:
                {Sleeper}
                scale: 2
                volumes: [data:/data]
                environment: [COLOUR=red]
                networks: [a, b]
                pre_start:
                  - command: [sh, -c, 'echo "$$COLOUR $$SIZE" > /data/made']
                    environment: [SIZE=big]
                  - command: [sh, -c, 'echo second >> /data/made']
                    image: busybox:latest
                    user: root
            networks:
              a: {"{}"}
              b: {"{}"}
            volumes:
              data: {"{}"}
            """);

        report.AssertSucceeded();
        Assert.Equal(2, (await project.ContainersAsync()).Count);
        Assert.Equal("red big\nsecond\n", await project.ReadFileAsync("web", "/data/made"));
    }

    [EngineFact]
    public async Task A_pre_start_hook_that_fails_keeps_the_service_down_and_is_cleared_away_next_time()
    {
        await using var project = await EngineProject.CreateAsync("prefail");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                pre_start:
                  - command: [sh, -c, 'echo connected']
                  - command: [sh, -c, 'echo no schema; exit 3']
              other:
                {Sleeper}
            """;

        var report = await project.UpAsync(Yaml);

        var failed = Assert.Single(report.Failed);
        Assert.Equal("HookFailed", failed.Error!.Id);
        Assert.Contains("pre_start[1] of service web (sh) ended with 3", failed.Reason);
        // Arguments may hold secrets.
        Assert.DoesNotContain("exit 3", failed.Reason);
        Assert.Contains("no schema", failed.Reason);
        var containers = await project.ContainersAsync();
        Assert.Equal(
            "Created", containers.Single(container => container.Container.EndsWith("-web-1", StringComparison.Ordinal)).State);
        Assert.Equal("Running", containers.Single(container => container.Service == "other").State);

        Assert.Empty((await project.UpAsync(Yaml.Replace("exit 3", "exit 0"))).Failed);
        Assert.All(await project.ContainersAsync(), container => Assert.Equal("Running", container.State));
        Assert.Empty((await project.DownAsync(volumes: true)).Failed);
    }

    [EngineFact]
    public async Task A_pre_stop_hook_that_fails_is_a_warning_and_the_container_stops()
    {
        await using var project = await EngineProject.CreateAsync("prestop");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                volumes: [data:/data]
                pre_stop:
                  - command: [sh, -c, 'echo cannot drain; exit 4']
                  - command: [sh, -c, 'echo second >> /data/log']
            volumes:
              data:
            """;
        var request = new LifecycleRequest { ProjectName = project.Name, Project = project.Load(Yaml) };

        await project.UpAsync(Yaml);
        (await project.RunAsync(await project.Session.Plans.LifecycleAsync(RestartPlanner.Plan, request, default)))
            .AssertSucceeded();
        (await project.UpAsync(Yaml.Replace("image: busybox", "image: busybox\n    user: root"))).AssertSucceeded();
        Assert.Equal("second\nsecond\n", await project.ReadFileAsync("web", "/data/log"));
        (await project.RunAsync(await project.Session.Plans.LifecycleAsync(LifecyclePlanner.Stop, request, default)))
            .AssertSucceeded();

        await project.ReachedAsync("Exited");
        Assert.Equal(3, project.Warnings.Count);
        Assert.All(
            project.Warnings,
            warning =>
                Assert.Matches(
                    @"-web-1 is stopped although a hook failed: pre_stop\[0\] of service web \(sh\) ended with 4.*cannot drain",
                    warning));
    }

    [EngineFact]
    public async Task Hooks_run_when_a_project_is_stopped_started_and_taken_down()
    {
        await using var project = await EngineProject.CreateAsync("hooks");
        var model = project.Load($"""
            services:
              web:
                {Sleeper}
                volumes: [data:/data]
                post_start: [{"{ command: [sh, -c, 'echo up >> /data/log'] }"}]
                pre_stop: [{"{ command: [sh, -c, 'echo down >> /data/log'] }"}]
            volumes:
              data: {"{}"}
            """);
        var request = new LifecycleRequest { ProjectName = project.Name, Project = model };

        await project.UpAsync(model);
        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(RestartPlanner.Plan, request, default))).Failed);
        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(LifecyclePlanner.Stop, request, default))).Failed);
        await project.ReachedAsync("Exited");
        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(StartPlanner.Plan, request, default))).Failed);

        Assert.Equal("up\ndown\nup\ndown\nup\n", await project.ReadFileAsync("web", "/data/log"));
    }
}
