using Compose.Bench;

// Medians of seven, on this machine, of what the product promises to be fast at. COMPOSE_PEER adds docker compose beside it.
var peer = Environment.GetEnvironmentVariable("COMPOSE_PEER");
foreach (var services in new[] { 1_000, 5_000 })
{
    using var file = new LargeProject(services);
    LoadBenchmark.InProcess(file);
    LoadBenchmark.WholeProcess(file, peer);
}
