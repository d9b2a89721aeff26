using Compose.Errors;
using Compose.Files.Reading;
using Compose.Model;

namespace Compose.Plan.Prepare;

/// <summary>
/// Differences of Windows containers: the engine refuses some settings of a service, ignores others, and mounts directories only.
/// The engine's OSType decides, not the system we run on.
/// </summary>
internal static class WindowsContainerCheck
{
    /// <summary>Settings that the engine refuses. They are refused before anything is changed.</summary>
    private static readonly (string Attribute, Func<ServiceDefinition, bool> Used)[] Refused =
    [
        ("privileged", service => service.Privileged),
        ("read_only", service => service.ReadOnly),
        ("network_mode: host", service => service.NetworkMode == "host"),
        ("tmpfs", service => service.Tmpfs.Count > 0 || service.Volumes.Any(mount => mount.Type == "tmpfs")),
        ("ulimits", service => service.Ulimits.Count > 0),
        ("pids_limit", service => service.Resources.Pids is > 0),
        ("cpuset", service => service.Resources.CpuSet is { Length: > 0 }),
        ("cpu_rt_period or cpu_rt_runtime",
            service => service.Resources.CpuRealtimePeriod is > 0 || service.Resources.CpuRealtimeRuntime is > 0),
        ("cpu_period or cpu_quota", service => service.Resources.CpuPeriod is > 0 || service.Resources.CpuQuota is > 0),
        ("mem_reservation", service => service.Resources.MemoryReservation is > 0),
        ("memswap_limit", service => service.Resources.MemorySwap is > 0),
        ("mem_swappiness", service => service.Resources.MemorySwappiness is >= 0),
        ("oom_kill_disable", service => service.OomKillDisable),
        ("blkio_config", service => service.Blkio is not null),
        ("device_cgroup_rules", service => service.DeviceCgroupRules.Count > 0),
        ("security_opt other than credentialspec",
            service => service.SecurityOptions.Any(
                option => !option.StartsWith("credentialspec", StringComparison.OrdinalIgnoreCase))),
    ];

    /// <summary>Settings that the engine ignores.</summary>
    private static readonly (string Attribute, Func<ServiceDefinition, bool> Used)[] SilentlyIgnored =
    [
        ("cap_add", service => service.CapAdd.Count > 0),
        ("cap_drop", service => service.CapDrop.Count > 0),
        ("sysctls", service => service.Sysctls.Count > 0),
        ("shm_size", service => service.ShmSize is > 0),
        ("init", service => service.Init == true),
        ("oom_score_adj", service => service.OomScoreAdj is not null and not 0),
        ("pid", service => service.Pid is { Length: > 0 }),
        ("ipc", service => service.Ipc is { Length: > 0 }),
        ("uts", service => service.Uts is { Length: > 0 }),
        ("userns_mode", service => service.UsernsMode is { Length: > 0 }),
        ("cgroup", service => service.Cgroup is { Length: > 0 }),
        ("cgroup_parent", service => service.CgroupParent is { Length: > 0 }),
        ("group_add", service => service.GroupAdd.Count > 0),
    ];

    public static void Check(ServiceDefinition service)
    {
        foreach (var (attribute, used) in Refused)
        {
            if (used(service))
                throw PlanErrors.WindowsEngineLacks.Exception(
                    $"{service.Origin}: service '{service.Name}' has {attribute}, which an engine of Windows containers refuses.",
                    service.Name);
        }
    }

    public static IEnumerable<string> Ignored(ServiceDefinition service) =>
        from setting in SilentlyIgnored
        where setting.Used(service)
        select $"{service.Origin}: the engine runs Windows containers and ignores {setting.Attribute} of service "
            + $"'{service.Name}'.";

    /// <summary>A single file cannot be mounted into a Windows container, so all secrets and configs are copied.</summary>
    public static ComposeProject Rewrite(ComposeProject project) => project with
    {
        Services = project.Services.ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Secrets = Copied(pair.Value.Secrets), Configs = Copied(pair.Value.Configs) },
            StringComparer.Ordinal),
    };

    private static IReadOnlyList<FileObjectReference> Copied(IReadOnlyList<FileObjectReference> references) =>
        [.. references.Select(reference => reference with { Mode = reference.Mode ?? UnixMode.ReadableByAll })];
}
