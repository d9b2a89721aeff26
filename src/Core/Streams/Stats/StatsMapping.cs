using Compose.Engine.Dto;
using Compose.State;

namespace Compose.Streams.Stats;

/// <summary>Computes a container's resource use as docker stats does.</summary>
internal static class StatsMapping
{
    /// <summary>
    /// False for the first sample of a stream, which has no earlier one to compare with, and for stopped containers.
    /// </summary>
    public static bool IsComplete(StatsSample sample) => sample.PreRead.Year > 1 && sample.Read.Year > 1;

    public static ComposeStats Read(StatsSample sample, ComposeContainer container, bool windows)
    {
        var memory = windows ? sample.Memory?.PrivateWorkingSet ?? 0 : UsedMemory(sample.Memory);
        var limit = sample.Memory?.Limit ?? 0;
        return new ComposeStats
        {
            EngineHost = container.EngineHost,
            ProjectName = container.ProjectName,
            Service = container.Service,
            Container = container.Container,
            Replica = container.Replica,
            Timestamp = sample.Read.UtcDateTime,
            CpuPercent = windows ? WindowsCpu(sample) : Cpu(sample),
            MemoryUsage = memory,
            MemoryLimit = limit,
            MemoryPercent = limit == 0 ? 0 : memory * 100.0 / limit,
            NetworkRx = Sum(sample.Networks, network => network.RxBytes),
            NetworkTx = Sum(sample.Networks, network => network.TxBytes),
            BlockRead = windows ? sample.Storage?.ReadSizeBytes ?? 0 : Blocks(sample, 'r'),
            BlockWrite = windows ? sample.Storage?.WriteSizeBytes ?? 0 : Blocks(sample, 'w'),
            Pids = windows ? null : sample.Pids?.Current ?? 0,
        };
    }

    /// <summary>The sum may overflow, as the counters themselves do.</summary>
    private static long Sum(IReadOnlyDictionary<string, NetworkUse>? networks, Func<NetworkUse, long> bytes) =>
        (networks?.Values ?? []).Aggregate(0L, (sum, network) => unchecked(sum + bytes(network)));

    /// <summary>The container's share of the machine's time since the previous sample, times the number of processors.</summary>
    private static double Cpu(StatsSample sample)
    {
        var used = (double)(sample.Cpu?.Usage?.Total ?? 0) - (sample.PreCpu?.Usage?.Total ?? 0);
        var passed = (double)(sample.Cpu?.System ?? 0) - (sample.PreCpu?.System ?? 0);
        var processors = sample.Cpu?.OnlineCpus is > 0 and var online ? online : sample.Cpu?.Usage?.PerCpu?.Count ?? 0;
        return used > 0 && passed > 0 ? used / passed * processors * 100 : 0;
    }

    /// <summary>Windows counts in intervals of 100 ns, over all processors.</summary>
    private static double WindowsCpu(StatsSample sample)
    {
        var possible = (sample.Read - sample.PreRead).Ticks * (double)sample.Processors;
        var used = (double)(sample.Cpu?.Usage?.Total ?? 0) - (sample.PreCpu?.Usage?.Total ?? 0);
        return possible > 0 && used > 0 ? used / possible * 100 : 0;
    }

    /// <summary>Memory without inactive files: total_inactive_file in cgroup v1, inactive_file in v2.</summary>
    private static long UsedMemory(MemoryUse? memory)
    {
        if (memory is null)
            return 0;
        var details = memory.Details ?? new Dictionary<string, ulong>();
        if (!details.TryGetValue("total_inactive_file", out var cache))
            details.TryGetValue("inactive_file", out cache);
        return cache < (ulong)memory.Usage ? memory.Usage - (long)cache : memory.Usage;
    }

    private static long Blocks(StatsSample sample, char operation) => (long)(sample.Blocks?.Bytes ?? [])
        .Where(entry => entry.Operation?.Length > 0 && char.ToLowerInvariant(entry.Operation[0]) == operation)
        .Aggregate(0UL, (sum, entry) => sum + entry.Value);
}
