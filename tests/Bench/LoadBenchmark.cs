using System.Diagnostics;
using Compose.Files;
using Compose.Files.Reading;
using Compose.Model.Loading;

namespace Compose.Bench;

/// <summary>Measures loading a project: repeatedly in one process, and as a whole process compared with docker compose.</summary>
internal static class LoadBenchmark
{
    private const int Runs = 7;

    public static void InProcess(LargeProject project)
    {
        var session = new DocumentCache();
        var times = Enumerable.Range(0, Runs).Select(_ => Time(() => Load(project, session))).ToList();
        Console.WriteLine(
            $"load {project.Services} services in one session: first {times[0]:0} ms, fifth {times[4]:0} ms, median "
                + $"{Median(times):0} ms");
    }

    public static void WholeProcess(LargeProject project, string? peer)
    {
        var runner = Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "../../../../../tools/CoreRunner/bin/Release/net8.0/Compose.CoreRunner.dll"));
        if (!File.Exists(runner))
        {
            Console.WriteLine("CoreRunner is not built in Release: the whole-process figures are left out.");
            return;
        }

        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            ours.Add(Time(() => Start("dotnet", runner, "check", project.Path)));
            if (peer is not null)
                theirs.Add(Time(() => Start(peer, "-f", project.Path, "config", "-q")));
        }

        Console.WriteLine($"check {project.Services} services, whole process: {Median(ours):0} ms"
            + (
                peer is null
                    ? " (COMPOSE_PEER names no docker-compose to compare with)"
                    : $", docker compose config -q {Median(theirs):0} ms, ratio {Median(ours) / Median(theirs):0.00}"));
    }

    private static void Load(LargeProject project, DocumentCache session)
    {
        var result = ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = "/",
                Paths = [project.Path],
                ProjectName = "bench",
                Environment = new Dictionary<string, string>(),
                Cache = session,
            });
        if (result.Project?.Services.Count != project.Services)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
    }

    private static void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {process.StandardError.ReadToEnd()}");
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(Runs / 2);
}
