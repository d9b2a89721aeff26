using Compose.Bench;

// Prints medians for this machine. COMPOSE_PEER is the docker-compose to compare with, COMPOSE_TEST_ENGINE the engine's socket,
// COMPOSE_SHARED the directory of tools/engine-limit.py.
// usage: Compose.Bench [load|converge] [RUNS]
var peer = Environment.GetEnvironmentVariable("COMPOSE_PEER");
var what = args.Length > 0 ? args[0] : "load";
var runs = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 7;
switch (what)
{
    case "load":
        foreach (var services in new[] { 1_000, 5_000 })
        {
            using var file = new LargeProject(services);
            LoadBenchmark.InProcess(file);
            LoadBenchmark.WholeProcess(file, peer);
        }

        return 0;
    case "converge" when peer is not null:
        var shared = Environment.GetEnvironmentVariable("COMPOSE_SHARED");
        var engine = "unix://" + (Environment.GetEnvironmentVariable("COMPOSE_TEST_ENGINE") ?? "/var/run/docker.sock");
        var benchmark = new ConvergeBenchmark(
            engine, peer, shared is null ? null : Path.Combine(shared, "tools/engine-limit.py")) { Runs = runs };
        foreach (var services in new[] { 50, 200 })
            await benchmark.RunAsync(services);
        return 0;
    default:
        Console.Error.WriteLine("usage: Compose.Bench load|converge [RUNS]; converge needs COMPOSE_PEER.");
        return 2;
}
