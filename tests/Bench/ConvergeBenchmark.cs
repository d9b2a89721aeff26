using System.Diagnostics;
using System.Globalization;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Bench;

/// <summary>
/// Measures up, up without changes, scale and down on a real engine: in an open session after a warm-up, alternating with
/// processes of docker compose, and compared with the bare engine.
/// </summary>
/// <param name="engine">The engine's endpoint, unix:///path.</param>
/// <param name="peer">The path of docker-compose.</param>
/// <param name="limit">The path of engine-limit.py, which creates and starts containers over the API; null to leave it
/// out.</param>
internal sealed class ConvergeBenchmark(string engine, string peer, string? limit) : IEventSink
{
    public int Runs { get; init; } = 7;

    /// <summary>Measures a number of services, and prints a row for each operation.</summary>
    public async Task RunAsync(int services)
    {
        using var ours = new ConvergeProject($"bench{services}ours", services);
        using var theirs = new ConvergeProject($"bench{services}theirs", services);
        var request = new SessionRequest
        {
            EngineHost = engine,
            Environment = new Dictionary<string, string>(),
            HomeDirectory = "/nonexistent",
        };
        using var session = await ProjectSession.ConnectAsync(request, CancellationToken.None);
        var scaled = new UpOptions { Services = ["s1"], Scale = new Dictionary<string, int> { ["s1"] = 20 } };
        await UpAsync(session, ours, new UpOptions());
        await DownAsync(session, ours);

        var table = new BenchTable($"{services} services", Runs);
        for (var run = 0; run < Runs; run++)
        {
            await table.OursAsync("up from nothing", () => UpAsync(session, ours, new UpOptions()));
            await table.OursAsync("up, nothing to do", () => UpAsync(session, ours, new UpOptions()));
            if (services <= 50)
                await table.OursAsync("scale 1 to 20", () => UpAsync(session, ours, scaled));
            await table.OursAsync("down", () => DownAsync(session, ours));

            await table.TheirsAsync("up from nothing", () => PeerAsync(theirs, "up", "-d"));
            await table.TheirsAsync("up, nothing to do", () => PeerAsync(theirs, "up", "-d"));
            if (services <= 50)
                await table.TheirsAsync("scale 1 to 20", () => PeerAsync(theirs, "up", "-d", "--scale", "s1=20", "s1"));
            await table.TheirsAsync("down", () => PeerAsync(theirs, "down"));
            foreach (var workers in limit is null ? [] : new[] { 8, 16, 50 })
                table.Limit("up from nothing", workers, await BareEngineAsync(services, workers));
        }

        table.Print();
    }

    public void Emit(ComposeEvent composeEvent)
    {
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;

    private async Task UpAsync(ProjectSession session, ConvergeProject project, UpOptions options)
    {
        var loaded = ProjectLoader.Load(
            new LoadRequest { WorkingDirectory = "/", Paths = [project.Path], Environment = new Dictionary<string, string>() });
        var run = new UpRun(session, loaded.Project!, options);
        while (await run.NextAsync(Answers.None, CancellationToken.None) is { } plan)
            await run.ExecuteAsync(plan, new ExecuteOptions(), this, CancellationToken.None);
        Check(run.Report!);
    }

    private async Task DownAsync(ProjectSession session, ConvergeProject project) => Check(await session.ExecuteAsync(
        await session.Plans.DownAsync(
            new DownRequest { ProjectName = project.Name },
            CancellationToken.None), new ExecuteOptions(), this, CancellationToken.None));

    private static void Check(ExecutionReport report)
    {
        if (!report.Succeeded)
            throw new InvalidOperationException(report.Failed[0].Reason);
    }

    private Task PeerAsync(ConvergeProject project, params string[] arguments) =>
        StartAsync(peer, ["-f", project.Path, .. arguments]);

    /// <summary>The time in ms that the bare engine needs to create and start containers, one for each service.</summary>
    private async Task<double> BareEngineAsync(int services, int workers)
    {
        var said = await StartAsync("python3", limit!, engine.Substring("unix://".Length), Text(services), Text(workers));
        var line = said.Split('\n').First(text => text.StartsWith("up ", StringComparison.Ordinal));
        return 1000 * double.Parse(line.Split(' ')[5], CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<string> StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_HOST"] = engine;
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? texts[0]
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {texts[1]}");
    }
}
