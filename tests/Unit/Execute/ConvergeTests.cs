using Compose.Plan;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>Up, scale, start, stop and down on the real engine.</summary>
public class ConvergeTests
{
    private const string Sleeper = "image: busybox\n    command: sleep 600\n    stop_grace_period: 0s\n    init: true";

    [EngineFact]
    public async Task Up_twice_changes_nothing_and_down_leaves_nothing()
    {
        await using var project = await EngineProject.CreateAsync("basic");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                depends_on: [db]
                networks: [front, back]
                volumes: [data:/data]
              db:
                {Sleeper}
                networks: [back]
            networks:
              front: {"{}"}
              back: {"{}"}
            volumes:
              data: {"{}"}
            """;

        var report = await project.UpAsync(Yaml);

        Assert.Empty(report.Failed);
        var containers = await project.ContainersAsync();
        Assert.Equal(["convergebasic-db-1", "convergebasic-web-1"], containers.Select(container => container.Container));
        Assert.All(containers, container => Assert.Equal("Running", container.State));
        Assert.Equal("Nothing to do\n", (await project.PlanAsync(Yaml)).ToString());

        Assert.Empty((await project.DownAsync(volumes: true)).Failed);
        Assert.Empty(await project.ContainersAsync());
        Assert.True((await project.Session.PlanDownAsync(new DownRequest { ProjectName = project.Name, Volumes = true }, default)).IsEmpty);
    }

    [EngineFact]
    public async Task Two_runs_at_once_end_converged()
    {
        await using var project = await EngineProject.CreateAsync("twice");
        await using var other = await EngineProject.CreateAsync("twice");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                depends_on: [db]
                scale: 3
              db:
                {Sleeper}
                volumes: [data:/data]
            volumes:
              data: {"{}"}
            """;

        // Fresh, then both recreating everything.
        foreach (var yaml in new[] { Yaml, Yaml.Replace("sleep 600", "sleep 700") })
        {
            var reports = await Task.WhenAll(Task.Run(() => project.UpAsync(yaml)), Task.Run(() => other.UpAsync(yaml)));

            Assert.All(reports, report => Assert.True(report.Succeeded, string.Join("\n", report.Failed.Select(action => $"{action} {action.Error?.Id} {action.Reason}"))));
            await project.UpAsync(yaml);
            Assert.Equal("Nothing to do\n", (await project.PlanAsync(yaml)).ToString());
            var containers = await project.ContainersAsync();
            Assert.Equal(4, containers.Count);
            Assert.All(containers, container => Assert.Matches("^convergetwice-(db|web)-[0-9]+$", container.Container));
        }
    }

    [EngineFact]
    public async Task A_changed_service_is_recreated_with_its_cause_and_keeps_its_anonymous_volume()
    {
        await using var project = await EngineProject.CreateAsync("change");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                environment: [COLOUR=red]
                volumes: [/cache]
            """;
        await project.UpAsync(Yaml);
        var before = await InspectAsync(project);

        var plan = await project.PlanAsync(Yaml.Replace("red", "blue"));
        Assert.Contains("Recreate service:web:1: configuration changed", plan.ToString());
        Assert.Contains("environment.COLOUR: *** -> ***", plan.ToString());
        Assert.Empty((await project.UpAsync(Yaml.Replace("red", "blue"))).Failed);

        var after = await InspectAsync(project);
        Assert.Contains("COLOUR=blue", after.Config.Env!);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal("/convergechange-web-1", after.Name);
        Assert.Equal(before.Mounts!.Single().Name, after.Mounts!.Single().Name);
    }

    [EngineFact]
    public async Task Scaling_numbers_replicas_and_takes_the_highest_away_with_and_without_files()
    {
        await using var project = await EngineProject.CreateAsync("scale");
        const string Yaml = $"services:\n  web:\n    {Sleeper}\n";
        await project.UpAsync(Yaml, new UpOptions { Scale = new Dictionary<string, int> { ["web"] = 3 } });
        Assert.Equal([1, 2, 3], (await project.ContainersAsync()).Select(container => container.Replica));

        await ScaleAsync(project, 5);
        Assert.Equal([1, 2, 3, 4, 5], (await project.ContainersAsync()).Select(container => container.Replica));
        Assert.True((await project.PlanAsync(Yaml, new UpOptions { Scale = new Dictionary<string, int> { ["web"] = 5 } })).IsEmpty);

        await ScaleAsync(project, 1);
        Assert.Equal([1], (await project.ContainersAsync()).Select(container => container.Replica));
    }

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
    public async Task A_drifted_network_is_recreated_and_its_containers_reconnected()
    {
        await using var project = await EngineProject.CreateAsync("drift");
        const string Yaml = $"services:\n  web:\n    {Sleeper}\n    networks: [back]\nnetworks:\n  back:\n    labels: [colour=red]\n";
        await project.UpAsync(Yaml);
        var before = await InspectAsync(project);

        var report = await project.UpAsync(Yaml.Replace("red", "blue"));

        Assert.Empty(report.Failed);
        var after = await InspectAsync(project);
        Assert.Equal(before.Id, after.Id);
        Assert.True(after.State.Running);
        Assert.NotEqual(before.NetworkSettings!.Networks!["convergedrift_back"].NetworkID, after.NetworkSettings!.Networks!["convergedrift_back"].NetworkID);
        Assert.True((await project.PlanAsync(Yaml.Replace("red", "blue"))).IsEmpty);
    }

    [EngineFact]
    public async Task A_drifted_volume_is_kept_unless_the_user_agrees()
    {
        await using var project = await EngineProject.CreateAsync("volume");
        const string Yaml = $"services:\n  web:\n    {Sleeper}\n    volumes: [data:/data]\nvolumes:\n  data:\n    labels: [colour=red]\n";
        await project.UpAsync(Yaml);
        var blue = Yaml.Replace("red", "blue");

        Assert.Equal("recreate-volume:data", Assert.Single((await project.PlanAsync(blue)).Questions).Id);
        await project.UpAsync(blue);
        Assert.Contains(project.Warnings, warning => warning.Contains("is kept as it is"));

        Assert.Empty((await project.UpAsync(blue, answers: new Answers(["recreate-volume:data"]))).Failed);
        Assert.True((await project.PlanAsync(blue)).IsEmpty);
    }

    [EngineFact]
    public async Task Secrets_and_configs_are_readable_in_the_container_and_nowhere_else()
    {
        await using var project = await EngineProject.CreateAsync("secret");
        var report = await project.UpAsync("""
            services:
              reader:
                image: busybox
                command: sh -c 'test "$$(cat /run/secrets/token)" = hush-1 && test "$$(stat -c %a:%u /etc/app/settings)" = 440:7'
                secrets: [token]
                configs:
                  - { source: settings, target: /etc/app/settings, mode: 0440, uid: "7" }
              after:
                image: busybox
                command: "true"
                depends_on:
                  reader: { condition: service_completed_successfully }
            secrets:
              token: { file: ./token.txt }
            configs:
              settings: { content: "a=1" }
            """.Replace("./token.txt", TokenFile()));

        Assert.Empty(report.Failed);
        var inspect = await project.Session.Engine.Containers.InspectAsync((await project.ContainersAsync()).First(container => container.Service == "reader").Id, default);
        Assert.DoesNotContain(inspect.Config.Labels!.Values.Concat(inspect.Config.Env ?? []), value => value.Contains("hush-1"));
    }

    [EngineFact]
    public async Task Replicas_that_share_a_range_of_ports_each_get_one_whether_files_tell_of_it_or_not()
    {
        await using var project = await EngineProject.CreateAsync("range");
        var yaml = $"services:\n  web:\n    {Sleeper}\n    scale: 6\n    ports: ['127.0.0.1:28200-28205:80']\n";
        Assert.Empty((await project.UpAsync(yaml)).Failed);
        var request = new LifecycleRequest { ProjectName = project.Name, Timeout = TimeSpan.Zero };
        Assert.Empty((await project.RunAsync(await project.Session.PlanLifecycleAsync(LifecyclePlanner.Stop, request, default))).Failed);
        await project.ReachedAsync("Exited");

        Assert.Empty((await project.RunAsync(await project.Session.PlanLifecycleAsync(LifecyclePlanner.Start, request, default))).Failed);

        Assert.Equal(Enumerable.Range(28200, 6), (await project.ContainersAsync()).Select(container => (int)container.Ports.Single().HostPort!).Order());
    }

    [EngineFact]
    public async Task Stop_and_start_keep_the_same_containers()
    {
        await using var project = await EngineProject.CreateAsync("cycle");
        await project.UpAsync($"services:\n  web:\n    {Sleeper}\n    depends_on: [db]\n  db:\n    {Sleeper}\n");
        var ids = (await project.ContainersAsync()).Select(container => container.Id).ToList();
        var request = new LifecycleRequest { ProjectName = project.Name };

        Assert.Empty((await project.RunAsync(await project.Session.PlanLifecycleAsync(LifecyclePlanner.Stop, request, default))).Failed);
        await project.ReachedAsync("Exited");
        Assert.Empty((await project.RunAsync(await project.Session.PlanLifecycleAsync(LifecyclePlanner.Start, request, default))).Failed);
        Assert.Empty((await project.RunAsync(await project.Session.PlanLifecycleAsync(RestartPlanner.Plan, request, default))).Failed);

        Assert.Equal(ids, (await project.ReachedAsync("Running")).Select(container => container.Id));
    }

    [EngineFact]
    public async Task A_container_whose_hash_no_rule_explains_is_compared_field_by_field()
    {
        await using var project = await EngineProject.CreateAsync("foreign");
        const string Yaml = $"""
            services:
              web:
                {Sleeper}
                ports: ["127.0.0.1::80"]
                environment: [A=1]
                cap_add: [NET_ADMIN]
                ulimits: {"{ nofile: 1024 }"}
                mem_limit: 64m
                volumes: [data:/data, "/tmp:/host:ro"]
                logging: {"{ driver: json-file, options: { max-size: 1m } }"}
            volumes:
              data: {"{}"}
            """;
        await project.UpAsync(Yaml);
        var model = project.Load(Yaml);
        var state = await project.Session.ObserveAsync(model, default);
        var container = state.Containers.Single();
        var inspect = await project.Session.Engine.Containers.InspectAsync(container.Id, default);
        var image = await project.Session.Engine.Images.InspectAsync("busybox", default);
        var context = new PlanContext(model, state with { InspectedImages = new Dictionary<string, Compose.Engine.Dto.ImageInspect> { ["busybox"] = image } },
            new UpOptions(), Answers.None, Compose.Execute.Hashing.Rules);

        Assert.Equal([], ContainerComparer.Compare(context, model.Services["web"], container, inspect).Select(change => $"{change.Field}: {change.Old} -> {change.New}"));
        var changed = model.Services["web"] with { CapAdd = [], Ulimits = new Dictionary<string, Compose.Model.UlimitDefinition> { ["nofile"] = new(2048, 2048) }, User = "7" };
        Assert.Equal(["CapAdd", "Ulimits", "user"], ContainerComparer.Compare(context, changed, container, inspect).Select(change => change.Field).OrderBy(field => field, StringComparer.Ordinal));
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

    private static string TokenFile()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "hush-1");
        return file;
    }

    private static async Task ScaleAsync(EngineProject project, int replicas)
    {
        var request = new ScaleRequest { ProjectName = project.Name, Replicas = new Dictionary<string, int> { ["web"] = replicas }, Timeout = TimeSpan.Zero };
        Assert.Empty((await project.RunAsync(await project.Session.PlanScaleAsync(request, default))).Failed);
    }

    private static async Task<Compose.Engine.Dto.ContainerInspect> InspectAsync(EngineProject project) =>
        await project.Session.Engine.Containers.InspectAsync((await project.ContainersAsync()).Single().Id, default);
}
