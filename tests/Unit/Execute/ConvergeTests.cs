using Compose.Engine.Own;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>Up, scale, start, stop and down on the real engine.</summary>
public class ConvergeTests
{
    private const string Sleeper = EngineProject.Sleeper;

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
        Assert.Empty((await project.DownAsync(volumes: true)).Actions);
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

        // First a new project, then both tools recreate everything.
        foreach (var yaml in new[] { Yaml, Yaml.Replace("sleep 600", "sleep 700") })
        {
            var reports = await Task.WhenAll(Task.Run(() => project.UpAsync(yaml)), Task.Run(() => other.UpAsync(yaml)));

            Assert.All(reports, report => report.AssertSucceeded());
            await project.UpAsync(yaml);
            Assert.Equal("Nothing to do\n", (await project.PlanAsync(yaml)).ToString());
            var containers = await project.ContainersAsync();
            Assert.Equal(4, containers.Count);
            Assert.All(containers, container => Assert.Matches("^convergetwice-(db|web)-[0-9]+$", container.Container));
        }
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
        Assert.True(
            (await project.PlanAsync(Yaml, new UpOptions { Scale = new Dictionary<string, int> { ["web"] = 5 } })).IsEmpty);

        await ScaleAsync(project, 1);
        Assert.Equal([1], (await project.ContainersAsync()).Select(container => container.Replica));
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
        var inspect = await project.Session.Engine.Containers.InspectAsync(
            (await project.ContainersAsync()).First(container => container.Service == "reader").Id, default);
        Assert.DoesNotContain(inspect.Config.Labels!.Values.Concat(inspect.Config.Env ?? []), value => value.Contains("hush-1"));
    }

    [EngineFact]
    public async Task Replicas_that_share_a_range_of_ports_each_get_one_whether_files_tell_of_it_or_not()
    {
        await using var project = await EngineProject.CreateAsync("range");
        var yaml = $"services:\n  web:\n    {Sleeper}\n    scale: 6\n    ports: ['127.0.0.1:28200-28205:80']\n";
        Assert.Empty((await project.UpAsync(yaml)).Failed);
        var request = new LifecycleRequest { ProjectName = project.Name, Timeout = TimeSpan.Zero };
        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(LifecyclePlanner.Stop, request, default))).Failed);
        await project.ReachedAsync("Exited");

        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(StartPlanner.Plan, request, default))).Failed);

        Assert.Equal(
            Enumerable.Range(28200, 6),
            (await project.ContainersAsync()).Select(container => (int)container.Ports.Single().HostPort!).Order());
    }

    [EngineFact]
    public async Task Stop_and_start_keep_the_same_containers()
    {
        await using var project = await EngineProject.CreateAsync("cycle");
        await project.UpAsync($"services:\n  web:\n    {Sleeper}\n    depends_on: [db]\n  db:\n    {Sleeper}\n");
        var ids = (await project.ContainersAsync()).Select(container => container.Id).ToList();
        var request = new LifecycleRequest { ProjectName = project.Name };

        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(LifecyclePlanner.Stop, request, default))).Failed);
        await project.ReachedAsync("Exited");
        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(StartPlanner.Plan, request, default))).Failed);
        Assert.Empty(
            (await project.RunAsync(await project.Session.Plans.LifecycleAsync(RestartPlanner.Plan, request, default))).Failed);

        Assert.Equal(ids, (await project.ReachedAsync("Running")).Select(container => container.Id));
    }

    private static string TokenFile()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "hush-1");
        return file;
    }

    private static async Task ScaleAsync(EngineProject project, int replicas)
    {
        var request = new ScaleRequest
        {
            ProjectName = project.Name,
            Replicas = new Dictionary<string, int> { ["web"] = replicas },
            Timeout = TimeSpan.Zero,
        };
        Assert.Empty((await project.RunAsync(await project.Session.Plans.ScaleAsync(request, default))).Failed);
    }
}
