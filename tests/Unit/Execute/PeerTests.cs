using Compose.Execute.Session;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Tests.Support;

namespace Compose.Tests.Execute;

/// <summary>One project and two tools: docker compose lists, keeps and removes our containers, and we its.</summary>
public class PeerTests
{
    private const string Yaml = """
        services:
          web:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            environment: { A: "1" }
            depends_on: [db]
            volumes: [data:/data]
          db:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            restart: unless-stopped
            healthcheck: { test: [CMD, "true"], interval: 2s, retries: 3 }
        volumes:
          data: {}
        """;

    [PeerFact]
    public async Task Docker_compose_manages_what_we_made()
    {
        await using var project = await EngineProject.CreateAsync("ours");
        Assert.Empty((await project.UpAsync(Yaml)).Failed);

        Assert.Contains(project.Name, (await project.PeerAsync("ls")).Output);
        var ps = await project.PeerAsync("ps");
        Assert.Contains("convergeours-web-1", ps.Output);
        Assert.Contains("convergeours-db-1", ps.Output);
        var up = await project.PeerAsync("up", "-d");
        Assert.True(up.Code == 0, up.Output);
        var down = await project.PeerAsync("down", "-v");
        Assert.True(down.Code == 0, down.Output);
        Assert.Empty(await project.ContainersAsync());
    }

    [PeerFact]
    public async Task Docker_compose_finishes_the_recreation_of_a_volume_and_keeps_the_other_data()
    {
        await using var project = await EngineProject.CreateAsync("unfinished");
        await ChangedVolume.UpAsync(project);
        var changed = ChangedVolume.Yaml(project, "blue");
        var run = new UpRun(project.Session, project.Load(changed), new UpOptions());
        var plan = (await run.NextAsync(new Answers([]) { All = true }, default))!;
        await run.ExecuteAsync(
            plan,
            new ExecuteOptions
            {
                Declined = [.. plan.Operations.Where(operation => operation.Kind == "Create").Select(operation => operation.Id)],
            },
            project, default);
        Assert.Matches("^[0-9a-f]{12}_convergeunfinished-web-1$", Assert.Single(await project.ContainersAsync()).Container);

        var up = await project.PeerAsync("up", "-d");

        Assert.True(up.Code == 0, up.Output);
        Assert.Equal("convergeunfinished-web-1", Assert.Single(await project.ContainersAsync()).Container);
        await ChangedVolume.AssertOnlyItIsNewAsync(project);
        Assert.True((await project.PlanAsync(changed)).IsEmpty);
    }

    [PeerFact]
    public async Task We_recreate_nothing_that_docker_compose_made()
    {
        await using var project = await EngineProject.CreateAsync("theirs");
        project.Load(Yaml);
        var up = await project.PeerAsync("up", "-d");
        Assert.True(up.Code == 0, up.Output);

        Assert.Equal("Nothing to do\n", (await project.PlanAsync(Yaml)).ToString());
        Assert.Empty((await project.DownAsync(volumes: true)).Failed);
        Assert.Empty(await project.ContainersAsync());
    }
}
