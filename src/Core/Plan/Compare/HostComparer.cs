using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Plan.Requests;

namespace Compose.Plan.Compare;

/// <summary>
/// Compares host settings field by field. Values that the engine sets by default are ignored.
/// </summary>
internal static class HostComparer
{
    private const string NoLabel = "label=disable";

    /// <summary>The attribute of the compose file that each setting comes from.</summary>
    private static readonly Dictionary<string, string> Attributes = new(StringComparer.Ordinal)
    {
        ["VolumesFrom"] = "volumes_from",
        ["PublishAllPorts"] = "ports",
        ["ExtraHosts"] = "extra_hosts",
        ["Init"] = "init",
        ["Privileged"] = "privileged",
        ["ReadonlyRootfs"] = "read_only",
        ["LogConfig"] = "logging",
        ["CapAdd"] = "cap_add",
        ["CapDrop"] = "cap_drop",
        ["GroupAdd"] = "group_add",
        ["SecurityOpt"] = "security_opt",
        ["Sysctls"] = "sysctls",
        ["StorageOpt"] = "storage_opt",
        ["Annotations"] = "annotations",
        ["Dns"] = "dns",
        ["DnsSearch"] = "dns_search",
        ["DnsOptions"] = "dns_opt",
        ["IpcMode"] = "ipc",
        ["PidMode"] = "pid",
        ["UTSMode"] = "uts",
        ["UsernsMode"] = "userns_mode",
        ["CgroupnsMode"] = "cgroup",
        ["CgroupParent"] = "cgroup_parent",
        ["Isolation"] = "isolation",
        ["Runtime"] = "runtime",
        ["ShmSize"] = "shm_size",
        ["OomKillDisable"] = "oom_kill_disable",
        ["OomScoreAdj"] = "oom_score_adj",
        ["NanoCpus"] = "cpus",
        ["CpusetCpus"] = "cpuset",
        ["CpusetMems"] = "cpuset",
        ["CpuCount"] = "cpu_count",
        ["CpuPercent"] = "cpu_percent",
        ["CpuShares"] = "cpu_shares",
        ["CpuQuota"] = "cpu_quota",
        ["CpuPeriod"] = "cpu_period",
        ["CpuRealtimePeriod"] = "cpu_rt_period",
        ["CpuRealtimeRuntime"] = "cpu_rt_runtime",
        ["Memory"] = "mem_limit",
        ["MemoryReservation"] = "mem_reservation",
        ["MemorySwap"] = "memswap_limit",
        ["MemorySwappiness"] = "mem_swappiness",
        ["PidsLimit"] = "pids_limit",
        ["Ulimits"] = "ulimits",
        ["BlkioWeight"] = "blkio_config.weight",
        ["BlkioWeightDevice"] = "blkio_config.weight_device",
        ["BlkioDeviceReadBps"] = "blkio_config.device_read_bps",
        ["BlkioDeviceWriteBps"] = "blkio_config.device_write_bps",
        ["BlkioDeviceReadIOps"] = "blkio_config.device_read_iops",
        ["BlkioDeviceWriteIOps"] = "blkio_config.device_write_iops",
        ["Devices"] = "devices",
        ["DeviceCgroupRules"] = "device_cgroup_rules",
        ["DeviceRequests"] = "gpus",
    };

    /// <summary>Fields that ContainerComparer compares in the compose file's form, or that are not compared.</summary>
    private static readonly HashSet<string> Elsewhere = [
        "Binds", "Mounts", "PortBindings", "NetworkMode", "RestartPolicy", "Tmpfs", "Links", "AutoRemove"];

    /// <summary>The engine's values for settings that the request did not have, by attribute.</summary>
    private static readonly Dictionary<string, string[]> Defaults = new(StringComparer.Ordinal)
    {
        ["ipc"] = ["private", "shareable"],
        ["cgroup"] = ["private", "host"],
        ["shm_size"] = ["67108864"],
        ["runtime"] = ["runc", "io.containerd.runc.v2"],
        ["isolation"] = ["default"],
        ["pids_limit"] = ["-1"],
    };

    public static IEnumerable<FieldChange> Compare(HostConfig actual, HostConfig wanted)
    {
        using var have = JsonSerializer.SerializeToDocument(WithoutAdded(actual, wanted), EngineJson.Default.HostConfig);
        using var want = JsonSerializer.SerializeToDocument(WithoutPaths(wanted), EngineJson.Default.HostConfig);
        var old = Fields(have);
        var now = Fields(want);
        return
        [
            .. old.Keys.Union(now.Keys).Where(name => !Elsewhere.Contains(name)).OrderBy(name => name, StringComparer.Ordinal)
                .Select(name => new FieldChange(Attributes[name], Value(old, name), Value(now, name)))
                .Where(change => change.Old != change.New && !IsDefault(change))
                .Select(change => change.Field == "logging" ? PairChanges.Masked(change) : change),
        ];
    }

    /// <summary>
    /// Removes what the engine adds by itself: its default log driver, twice the memory as swap (-1 if the kernel cannot limit
    /// swap), and label=disable if a namespace is the host's.
    /// </summary>
    private static HostConfig WithoutAdded(HostConfig actual, HostConfig wanted) => WithoutPaths(actual with
    {
        LogConfig = wanted.LogConfig is null or { Type: "" or null } && actual.LogConfig is { Type: not "none" } log
            ? log with { Type = "" }
            : actual.LogConfig,
        MemorySwap = wanted.MemorySwap is null or 0 && IsAddedSwap(actual) ? null : actual.MemorySwap,
        MemorySwappiness = wanted.MemorySwappiness is null && actual.MemorySwappiness == -1 ? null : actual.MemorySwappiness,
        SecurityOpt = wanted.SecurityOpt?.Contains(NoLabel) == true
            ? actual.SecurityOpt
            : actual.SecurityOpt?.Where(option => option != NoLabel).ToList(),
    });

    private static bool IsAddedSwap(HostConfig actual) =>
        actual.Memory > 0 && (actual.MemorySwap == -1 || actual.MemorySwap == 2 * actual.Memory);

    /// <summary>The engine masks paths unless the lists are empty, which is systempaths=unconfined in the file.</summary>
    private static HostConfig WithoutPaths(HostConfig host) => host with
    {
        MaskedPaths = null,
        ReadonlyPaths = null,
        SecurityOpt = host.MaskedPaths is { Count: 0 } && host.Privileged != true
            ? [.. host.SecurityOpt ?? [], HostTranslation.NoSystemPaths]
            : host.SecurityOpt,
    };

    private static bool IsDefault(FieldChange change) => (change.Old is null || change.New is null)
        && Defaults.TryGetValue(change.Field, out var values) && values.Contains(change.Old ?? change.New);

    private static string? Value(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value : null;

    private static Dictionary<string, string> Fields(JsonDocument document) => Values(document.RootElement)
        .ToDictionary(field => field.Name, field => field.Text, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Text)> Values(JsonElement map) =>
        from property in map.EnumerateObject()
        let text = Text(property.Value)
        where text is not null
        select (property.Name, text);

    /// <summary>
    /// A value as text; null for values that mean the same as no setting: zero, false or empty. A string <c>0</c> is a setting.
    /// The order of lists is ignored, and so is the prefix of capabilities.
    /// </summary>
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => Joined("[", value.EnumerateArray().Select(item => Text(item) ?? ""), "]"),
        JsonValueKind.Object => Joined("{", Values(value).Select(property => property.Name + ": " + property.Text), "}"),
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? WithoutPrefix(text) : null,
        JsonValueKind.True => "true",
        JsonValueKind.Number => value.GetRawText() is var number and not "0" ? number : null,
        _ => null,
    };

    private static string? Joined(string open, IEnumerable<string> parts, string close) =>
        string.Join(", ", parts.OrderBy(part => part, StringComparer.Ordinal)) is { Length: > 0 } text
            ? open + text + close
            : null;

    private static string WithoutPrefix(string text) =>
        text.StartsWith("CAP_", StringComparison.Ordinal) ? text.Substring(4) : text;
}
