using Compose.Files.Merging;
using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds CPU, memory and device settings; deploy.resources overrides the legacy attributes.</summary>
internal static class ResourceBinder
{
    private static readonly string[] Legacy = ["cpus", "mem_limit", "mem_reservation", "pids_limit"];

    public static ResourceDefinition Bind(YamlMapping service)
    {
        var resources = service.Map("deploy")?.Map("resources");
        var limits = resources?.Map("limits");
        var reservations = resources?.Map("reservations");
        return new ResourceDefinition
        {
            Cpus = limits?.Number("cpus") ?? service.Number("cpus"),
            CpuSet = service.Text("cpuset"),
            CpuCount = service.Long("cpu_count"),
            CpuPercent = service.Number("cpu_percent"),
            CpuShares = service.Long("cpu_shares"),
            CpuQuota = service.Long("cpu_quota"),
            CpuPeriod = service.Long("cpu_period"),
            CpuRealtimePeriod = service.Long("cpu_rt_period"),
            CpuRealtimeRuntime = service.Long("cpu_rt_runtime"),
            Memory = limits?.Long("memory") ?? service.Long("mem_limit"),
            MemoryReservation = reservations?.Long("memory") ?? service.Long("mem_reservation"),
            MemorySwap = service.Long("memswap_limit"),
            MemorySwappiness = service.Long("mem_swappiness"),
            Pids = limits?.Long("pids") ?? service.Long("pids_limit"),
        };
    }

    /// <summary>The legacy attributes in the file.</summary>
    public static IReadOnlyList<string> LegacyKeys(YamlMapping service) => [.. Legacy.Where(service.Has)];

    /// <summary>The legacy attributes that limits or reservations in deploy.resources contradict or leave out.</summary>
    public static IReadOnlyList<string> Contradictions(YamlMapping service)
    {
        var resources = service.Map("deploy")?.Map("resources");
        var contradicted = new List<string>();
        if (resources?.Map("limits") is { } limits)
        {
            Compare("cpus", limits.Number("cpus"));
            Compare("mem_limit", limits.Long("memory"));
            Compare("pids_limit", limits.Long("pids"));
        }

        if (resources?.Map("reservations") is { } reservations)
            Compare("mem_reservation", reservations.Long("memory"));
        return contradicted;

        void Compare(string key, double? value)
        {
            if (service.Number(key) is { } older && older != value)
                contradicted.Add(key);
        }
    }

    public static IReadOnlyDictionary<string, UlimitDefinition> Ulimits(YamlMapping tree) =>
        tree.Each(
            "ulimits",
            (_, limit) =>
                new UlimitDefinition(limit.Long("soft") ?? 0, limit.Long("hard") ?? 0) { IsSingle = MergeTags.IsSingle(limit) });

    public static DeviceRequestDefinition DeviceRequest(YamlMapping tree) => new()
    {
        Capabilities = tree.Texts("capabilities"),
        Count = tree.Int("count") ?? (tree.Has("device_ids") ? null : -1),
        CountIsSet = tree.Has("count"),
        DeviceIds = tree.Texts("device_ids"),
        Driver = tree.Text("driver"),
        Options = tree.Pairs("options"),
    };

    public static BlkioDefinition Blkio(YamlMapping tree) => new()
    {
        Weight = tree.Int("weight"),
        WeightDevice = [
            .. tree.Maps("weight_device")
            .Select(device => new BlkioWeight(device.Text("path") ?? "", device.Int("weight") ?? 0))],
        DeviceReadBps = Rates(tree, "device_read_bps"),
        DeviceReadIOps = Rates(tree, "device_read_iops"),
        DeviceWriteBps = Rates(tree, "device_write_bps"),
        DeviceWriteIOps = Rates(tree, "device_write_iops"),
    };

    private static IReadOnlyList<BlkioRate> Rates(YamlMapping tree, string name) =>
        [.. tree.Maps(name).Select(device => new BlkioRate(device.Text("path") ?? "", device.Long("rate") ?? 0))];
}
