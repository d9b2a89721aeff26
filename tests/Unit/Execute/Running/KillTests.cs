using System.Diagnostics;
using Compose.Engine.Own;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Running;

/// <summary>
/// The process is killed at each request that changes something, before or after the engine has received it. The next up
/// converges and leaves nothing behind: no temporary name, no second container, no unused network or volume.
/// </summary>
public class KillTests
{
    private const string Yaml = """
        name: convergekill
        services:
          web:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            scale: 2
            depends_on: [db]
            volumes: [/cache]
            environment: [COLOUR=red]
          db:
            image: busybox
            command: sleep 600
            stop_grace_period: 0s
            volumes: [data:/data]
            environment: [COLOUR=red]
        networks:
          default:
            labels: [colour=red]
        volumes:
          data: {}
        """;

    /// <summary>Every request with COMPOSE_TEST_FULL=1, otherwise every third.</summary>
    private static readonly int Step = Environment.GetEnvironmentVariable("COMPOSE_TEST_FULL") == "1" ? 1 : 3;

    [EngineTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_first_up_killed_anywhere_is_finished_by_the_next(bool before)
    {
        var (at, killed) = (1, true);
        for (; killed; at += Step)
        {
            await using var project = await EngineProject.CreateAsync("kill");
            killed = await KillAsync(project, Yaml, at, before);
            await ConvergesAsync(project, Yaml, at);
        }

        Assert.True(at > 8, $"Only {at} requests change something: the proxy misses them.");
    }

    [EngineTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recreation_killed_anywhere_is_finished_by_the_next(bool before)
    {
        await using var project = await EngineProject.CreateAsync("kill");
        await project.UpAsync(Yaml);
        var changed = Yaml;
        var (at, killed) = (1, true);
        for (; killed; at += Step)
        {
            changed = changed.Replace("COLOUR=red", "COLOUR=" + at).Replace("COLOUR=" + (at - Step), "COLOUR=" + at);
            killed = await KillAsync(project, changed, at, before);
            await ConvergesAsync(project, changed, at);
        }

        Assert.True(at > 15, $"Only {at} requests change something: the proxy misses them.");
    }

    [EngineTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_recreation_of_a_network_killed_anywhere_is_finished_by_the_next(bool before)
    {
        await using var project = await EngineProject.CreateAsync("kill");
        await project.UpAsync(Yaml);
        var (at, killed) = (1, true);
        for (; killed; at += Step)
        {
            var changed = Yaml.Replace("colour=red", "colour=" + at);
            killed = await KillAsync(project, changed, at, before);
            await ConvergesAsync(project, changed, at);
            foreach (var container in await project.ContainersAsync())
            {
                var look = await project.Session.Engine.Containers.InspectAsync(container.Id, default);
                Assert.Contains(container.Service, look.NetworkSettings!.Networks!["convergekill_default"].Aliases!);
            }
        }

        Assert.True(at > 12, $"Only {at} requests change something: the proxy misses them.");
    }

    [EngineFact]
    public async Task The_recreation_of_a_volume_killed_anywhere_loses_no_other_data()
    {
        await using var project = await EngineProject.CreateAsync("kill");
        await ChangedVolume.UpAsync(project);
        var anonymous = (await MountsAsync(project))["/cache"];
        var (at, killed) = (1, true);
        for (; killed; at += (Step + 1) / 2)
        {
            var changed = ChangedVolume.Yaml(project, "blue" + at);
            killed = await KillAsync(project, changed, at, before: true, "-y");
            // The user has to agree again, whether the volume was already removed or not.
            Assert.Empty((await project.UpAsync(changed, answers: new Compose.Plan.Answers([]) { All = true })).Failed);
            Assert.Equal("Nothing to do\n", (await project.PlanAsync(changed)).ToString());
            Assert.Equal(
                "convergekill-web-1 Running",
                string.Join(
                    ", ", (await project.ContainersAsync()).Select(container => $"{container.Container} {container.State}")));
            Assert.Equal(
                new Dictionary<string, string?> { ["/cache"] = anonymous, ["/data"] = "convergekill_data" },
                await MountsAsync(project));
            await ChangedVolume.AssertOnlyItIsNewAsync(project);
        }

        Assert.True(at > 7, $"Only {at} requests change something: the proxy misses them.");
    }

    private static async Task<Dictionary<string, string?>> MountsAsync(EngineProject project) =>
        (await project.Session.Engine.Containers.ListAsync(
            true, Compose.State.Reading.StateReader.OfProject(project.Name), default))
            .Single().Mounts!.ToDictionary(mount => mount.Destination, mount => mount.Name);

    private static async Task ConvergesAsync(EngineProject project, string yaml, int at)
    {
        var report = await project.UpAsync(yaml);
        report.AssertSucceeded($"Killed at {at}: ");
        Assert.Equal("Nothing to do\n", (await project.PlanAsync(yaml)).ToString());
        // A replica that was removed for a moment may come back with the next number, as with docker compose.
        var containers = await project.ContainersAsync();
        Assert.Equal(["db", "web", "web"], containers.Select(container => container.Service));
        Assert.All(
            containers,
            container => Assert.Matches("^convergekill-(db|web)-[0-9]+ Running$", $"{container.Container} {container.State}"));
        var networks = await project.Session.Engine.Networks.ListAsync(null, default);
        Assert.Single(networks, network => network.Name.StartsWith("convergekill_", StringComparison.Ordinal));
        var volumes = await project.Session.Engine.Volumes.ListAsync(null, default);
        Assert.Single(volumes, volume => volume.Name.StartsWith("convergekill_", StringComparison.Ordinal));
    }

    /// <summary>Runs up in a process of its own and kills it at one request. Returns false if it ended before that.</summary>
    private static async Task<bool> KillAsync(EngineProject project, string yaml, int at, bool before, params string[] options)
    {
        Process? process = null;
        var seen = 0;
        using var proxy = new EngineProxy();
        void Cut(string request)
        {
            if (!request.StartsWith("GET ", StringComparison.Ordinal) && Interlocked.Increment(ref seen) == at)
                process!.Kill();
        }

        if (before)
            proxy.Before = Cut;
        else
            proxy.After = Cut;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] {
            Path.Combine(AppContext.BaseDirectory, "Compose.CoreRunner.dll"),
            "up"}.Concat(options).Append(project.Write("compose.yaml", yaml)))
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_HOST"] = proxy.Host;
        process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var killed = process.ExitCode == 137;
        process.Dispose();
        return killed;
    }
}
