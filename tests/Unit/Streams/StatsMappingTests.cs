using System.Text.Json;
using Compose.Engine.Dto;
using Compose.State;
using Compose.Streams.Stats;

namespace Compose.Tests.Streams;

/// <summary>The numbers that docker stats shows for the same samples.</summary>
public class StatsMappingTests
{
    private static readonly ComposeContainer Web = new()
    {
        EngineHost = "e",
        ProjectName = "p",
        Service = "web",
        Container = "p-web-1",
        Replica = 1,
        Id = "1",
    };

    private const string V2 = """
        {
          "read": "2026-01-08T12:00:01.5Z", "preread": "2026-01-08T12:00:00.5Z", "num_procs": 0,
          "pids_stats": { "current": 3, "limit": 18446744073709551615 },
          "cpu_stats": { "cpu_usage": { "total_usage": 1500000000 }, "system_cpu_usage": 22000000000, "online_cpus": 4 },
          "precpu_stats": { "cpu_usage": { "total_usage": 1000000000 }, "system_cpu_usage": 20000000000, "online_cpus": 4 },
          "memory_stats": { "usage": 10000000, "limit": 100000000, "stats": { "inactive_file": 2500000 } },
          "blkio_stats": { "io_service_bytes_recursive": [
            { "op": "Read", "value": 100 }, { "op": "read", "value": 11 },
            { "op": "Write", "value": 7 }, { "op": "Sync", "value": 5 } ] },
          "networks": { "eth0": { "rx_bytes": 10, "tx_bytes": 1 }, "eth1": { "rx_bytes": 5, "tx_bytes": 2 } }
        }
        """;

    [Fact]
    public void On_linux()
    {
        var stats = StatsMapping.Read(Sample(V2), Web, windows: false);

        Assert.Equal(100, stats.CpuPercent);
        Assert.Equal((7500000, 100000000, 7.5), (stats.MemoryUsage, stats.MemoryLimit, stats.MemoryPercent));
        Assert.Equal((15, 3), (stats.NetworkRx, stats.NetworkTx));
        Assert.Equal((111, 7), (stats.BlockRead, stats.BlockWrite));
        Assert.Equal(3, stats.Pids);
        Assert.Equal(new DateTime(2026, 1, 8, 12, 0, 1, 500, DateTimeKind.Utc), stats.Timestamp);
    }

    [Fact]
    public void Under_the_first_cgroups_processors_are_counted_and_the_cache_has_another_name()
    {
        var first = V2.Replace("\"online_cpus\": 4", "\"online_cpus\": 0")
            .Replace("\"total_usage\": 1500000000", "\"total_usage\": 1500000000, \"percpu_usage\": [1, 2]")
            .Replace("\"inactive_file\"", "\"total_inactive_file\": 4000000, \"inactive_file\"");

        var stats = StatsMapping.Read(Sample(first), Web, windows: false);

        Assert.Equal(50, stats.CpuPercent);
        Assert.Equal(6000000, stats.MemoryUsage);
    }

    [Fact]
    public void On_windows()
    {
        const string Json = """
            {
              "read": "2026-01-08T12:00:01Z", "preread": "2026-01-08T12:00:00Z", "num_procs": 2,
              "cpu_stats": { "cpu_usage": { "total_usage": 15000000 } },
              "precpu_stats": { "cpu_usage": { "total_usage": 5000000 } },
              "memory_stats": { "privateworkingset": 4096 }, "storage_stats": { "read_size_bytes": 9, "write_size_bytes": 8 }
            }
            """;

        var stats = StatsMapping.Read(Sample(Json), Web, windows: true);

        Assert.Equal(50, stats.CpuPercent);
        Assert.Equal((4096, 0), (stats.MemoryUsage, stats.MemoryPercent));
        Assert.Equal((9, 8, null), (stats.BlockRead, stats.BlockWrite, stats.Pids));
    }

    [Fact]
    public void A_stopped_container_uses_nothing()
    {
        var sample = Sample("""
            { "read": "0001-01-01T00:00:00Z", "preread": "0001-01-01T00:00:00Z", "cpu_stats": {}, "memory_stats": {},
              "blkio_stats": { "io_service_bytes_recursive": null } }
            """);
        var stats = StatsMapping.Read(sample, Web, windows: false);

        Assert.False(StatsMapping.IsComplete(sample));
        Assert.True(StatsMapping.IsComplete(Sample(V2)));
        Assert.Equal((0, 0, 0), (stats.CpuPercent, stats.MemoryUsage, stats.BlockRead));
    }

    private static StatsSample Sample(string json) => JsonSerializer.Deserialize(json, EngineJson.Default.StatsSample)!;
}
