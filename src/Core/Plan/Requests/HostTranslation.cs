using System.Globalization;
using Compose.Engine.Dto;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan.Prepare;

namespace Compose.Plan.Requests;

/// <summary>A container's host settings: mounts, ports, resources, security, namespaces.</summary>
internal static class HostTranslation
{
    /// <summary>The security option that masks no system path. The request has empty lists of paths for it.</summary>
    public const string NoSystemPaths = "systempaths=unconfined";

    /// <param name="source">What the container is created from.</param>
    /// <param name="service">The service, with container ids instead of references to services.</param>
    public static HostConfig Host(ContainerSource source, ServiceDefinition service)
    {
        var resources = service.Resources;
        var limits = service.Deploy?.Limits;
        var unconfined = service.SecurityOptions.Contains(NoSystemPaths);
        return new HostConfig
        {
            Binds = MountTranslation.Binds(source),
            Mounts = MountTranslation.Mounts(source),
            VolumesFrom = List(service.VolumesFrom),
            Tmpfs = MountTranslation.Tmpfs(service),
            PortBindings = PortTranslation.Bindings(service),
            NetworkMode = EndpointTranslation.Mode(source.Project, service),
            Links = service.NetworkMode == "bridge" ? List([.. source.Links, .. ExternalLinks(service)]) : null,
            ExtraHosts = List(service.ExtraHosts),
            RestartPolicy = Restart(service),
            Init = service.Init,
            Privileged = service.Privileged ? true : null,
            ReadonlyRootfs = service.ReadOnly ? true : null,
            LogConfig = service.Logging is { } logging ? new LogConfig(logging.Driver ?? "", logging.Options) : null,
            CapAdd = List(service.CapAdd),
            CapDrop = List(service.CapDrop),
            GroupAdd = List(service.GroupAdd),
            SecurityOpt = List(
                [
                    .. service.SecurityOptions.Where(option => option != NoSystemPaths)
                    .Select(option => SecurityOption(service, option)),
                ]),
            MaskedPaths = unconfined ? [] : null,
            ReadonlyPaths = unconfined ? [] : null,
            Sysctls = Map(service.Sysctls),
            StorageOpt = Map(service.StorageOptions),
            Annotations = EngineFeatures.KeepsAnnotations(source.ApiMinor) ? Map(service.Annotations) : null,
            Dns = List(service.Dns),
            DnsSearch = List(service.DnsSearch),
            DnsOptions = List(service.DnsOptions),
            IpcMode = service.Ipc,
            PidMode = service.Pid,
            UTSMode = service.Uts,
            UsernsMode = service.UsernsMode,
            CgroupnsMode = service.Cgroup,
            CgroupParent = service.CgroupParent,
            Isolation = service.Isolation,
            Runtime = service.Runtime,
            ShmSize = service.ShmSize,
            OomKillDisable = service.OomKillDisable ? true : null,
            OomScoreAdj = service.OomScoreAdj,
            // docker compose has cpus in single precision and cpu_percent in hundredths.
            NanoCpus = (resources.Cpus ?? limits?.Cpus) is { } cpus ? (long)((float)cpus * 1e9f) : null,
            CpusetCpus = resources.CpuSet,
            CpuCount = resources.CpuCount,
            CpuPercent = resources.CpuPercent is { } percent ? (long)(percent * 100) : null,
            CpuShares = resources.CpuShares,
            CpuQuota = resources.CpuQuota,
            CpuPeriod = resources.CpuPeriod,
            CpuRealtimePeriod = resources.CpuRealtimePeriod,
            CpuRealtimeRuntime = resources.CpuRealtimeRuntime,
            Memory = resources.Memory ?? limits?.Memory,
            MemoryReservation = resources.MemoryReservation ?? service.Deploy?.Reservations?.Memory,
            MemorySwap = resources.MemorySwap,
            MemorySwappiness = resources.MemorySwappiness,
            PidsLimit = resources.Pids ?? limits?.Pids,
            Ulimits = service.Ulimits.Count == 0
                ? null
                : [.. service.Ulimits.Select(pair => new Ulimit(pair.Key, pair.Value.Soft, pair.Value.Hard))],
            BlkioWeight = service.Blkio?.Weight,
            BlkioWeightDevice = service.Blkio is { WeightDevice.Count: > 0 } weights
                ? [.. weights.WeightDevice.Select(device => new WeightDevice(device.Path, device.Weight))]
                : null,
            BlkioDeviceReadBps = Rates(service.Blkio?.DeviceReadBps),
            BlkioDeviceWriteBps = Rates(service.Blkio?.DeviceWriteBps),
            BlkioDeviceReadOperations = Rates(service.Blkio?.DeviceReadIOps),
            BlkioDeviceWriteOperations = Rates(service.Blkio?.DeviceWriteIOps),
            Devices = DeviceTranslation.Mappings(service),
            DeviceCgroupRules = List(service.DeviceCgroupRules),
            DeviceRequests = DeviceTranslation.Requests(service),
        };
    }

    public static IEnumerable<string> ExternalLinks(ServiceDefinition service) =>
        service.ExternalLinks.Select(link => link.IndexOf(':') < 0 ? $"{link}:{link}" : link);

    /// <summary>The engine takes a seccomp profile as text, not as a file name.</summary>
    private static string SecurityOption(ServiceDefinition service, string option) =>
        SecurityProfiles.FileOf(option) is { } file && service.SecurityProfiles.TryGetValue(file, out var profile)
            ? "seccomp=" + profile
            : option;

    /// <summary>The restart policy: deploy.restart_policy, else restart.</summary>
    public static RestartPolicy? Restart(ServiceDefinition service)
    {
        if (service.Deploy?.RestartPolicy is { } policy)
            return new RestartPolicy(RestartName(policy.Condition ?? ""), policy.MaxAttempts ?? 0);
        if (service.Restart is not { Length: > 0 } restart)
            return null;
        var parts = restart.Split([':'], 2);
        return new RestartPolicy(
            RestartName(parts[0]),
            parts.Length > 1 && int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
                ? count
                : 0);
    }

    /// <summary>Swarm has other names for two of the engine's policies.</summary>
    private static string RestartName(string condition) => condition switch { "none" => "no", "any" => "always", _ => condition };

    private static IReadOnlyList<ThrottleDevice>? Rates(IReadOnlyList<BlkioRate>? rates) =>
        rates is { Count: > 0 } ? [.. rates.Select(rate => new ThrottleDevice(rate.Path, rate.Rate))] : null;

    private static IReadOnlyList<string>? List(IReadOnlyList<string> values) => values.Count == 0 ? null : values;

    private static IReadOnlyDictionary<string, string>? Map(IReadOnlyDictionary<string, string> values) =>
        values.Count == 0 ? null : values;
}
