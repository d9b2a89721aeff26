using System.Text.Json.Nodes;
using Compose.Engine.Dto;

namespace Compose.Execute.Describe;

/// <summary>Resources, capabilities and namespaces that differ from the engine's defaults.</summary>
internal static class HostDescription
{
    private const long DefaultSharedMemory = 64 * 1024 * 1024;
    private const string NoSystemPaths = "systempaths=unconfined";
    private const string NoLabel = "label=disable";

    public static void Add(JsonObject service, DescribedContainer container, ProjectResourceNames names)
    {
        var host = container.Inspect.HostConfig;
        service.Text("restart", host.RestartPolicy switch
        {
            null or { Name: "" or "no" } => null,
            { Name: "on-failure", MaximumRetryCount: > 0 and var count } => "on-failure:" + count,
            var policy => policy.Name,
        });
        if (host.Init is { } init)
            service["init"] = init;
        service.Flag("privileged", host.Privileged);
        service.Flag("read_only", host.ReadonlyRootfs);
        service.Texts("cap_add", host.CapAdd);
        service.Texts("cap_drop", host.CapDrop);
        service.Texts("group_add", host.GroupAdd);
        service.Texts("security_opt", Security(host));
        service.Pairs("sysctls", host.Sysctls);
        service.Pairs("storage_opt", host.StorageOpt);
        service.Pairs("annotations", host.Annotations);
        service.Texts("dns", host.Dns);
        service.Texts("dns_search", host.DnsSearch);
        service.Texts("dns_opt", host.DnsOptions);
        service.Texts("extra_hosts", host.ExtraHosts);
        Namespaces(service, host, names);
        if (container.DefaultCgroup is { } cgroup && host.CgroupnsMode != cgroup)
            service.Text("cgroup", host.CgroupnsMode);
        Logging(service, host.LogConfig);
        Resources(service, host);
        Devices(service, host);
    }

    private static void Namespaces(JsonObject service, HostConfig host, ProjectResourceNames names)
    {
        if (host.IpcMode is not "private")
            service.Text("ipc", host.IpcMode is null ? null : names.Shared(host.IpcMode));
        service.Text("pid", host.PidMode is null ? null : names.Shared(host.PidMode));
        service.Text("uts", host.UTSMode);
        service.Text("userns_mode", host.UsernsMode);
        service.Text("cgroup_parent", host.CgroupParent);
        if (host.Isolation is not "default")
            service.Text("isolation", host.Isolation);
        if (host.Runtime is not ("runc" or "io.containerd.runc.v2"))
            service.Text("runtime", host.Runtime);
    }

    /// <summary>Leaves out what the engine adds for shared namespaces.</summary>
    private static IEnumerable<string> Security(HostConfig host)
    {
        var shares = host.Privileged == true || host.IpcMode == "host" || host.PidMode == "host";
        var options = (host.SecurityOpt ?? []).Where(option => !(shares && option == NoLabel));
        return host.MaskedPaths is { Count: 0 } && host.Privileged != true ? options.Append(NoSystemPaths).Distinct() : options;
    }

    private static void Logging(JsonObject service, LogConfig? log)
    {
        if (log?.Type is null or "" || (log.Type == "json-file" && log.Config is null or { Count: 0 }))
            return;
        var logging = new JsonObject { ["driver"] = log!.Type };
        logging.Pairs("options", log.Config);
        service["logging"] = logging;
    }

    private static void Resources(JsonObject service, HostConfig host)
    {
        if (host.NanoCpus is > 0 and var cpus)
            service["cpus"] = cpus / 1e9;
        service.Text("cpuset", host.CpusetCpus);
        service.Number("cpu_count", host.CpuCount);
        service.Number("cpu_percent", host.CpuPercent);
        service.Number("cpu_shares", host.CpuShares);
        service.Number("cpu_quota", host.CpuQuota);
        service.Number("cpu_period", host.CpuPeriod);
        service.Number("cpu_rt_period", host.CpuRealtimePeriod);
        service.Number("cpu_rt_runtime", host.CpuRealtimeRuntime);
        service.Number("mem_limit", host.Memory);
        service.Number("mem_reservation", host.MemoryReservation);
        if (host.MemorySwap != 2 * host.Memory)
            service.Number("memswap_limit", host.MemorySwap);
        if (host.MemorySwappiness is >= 0)
            service["mem_swappiness"] = host.MemorySwappiness;
        service.Number("pids_limit", host.PidsLimit);
        if (host.ShmSize != DefaultSharedMemory)
            service.Number("shm_size", host.ShmSize);
        service.Flag("oom_kill_disable", host.OomKillDisable);
        service.Number("oom_score_adj", host.OomScoreAdj);
        var ulimits = new JsonObject();
        foreach (var ulimit in host.Ulimits ?? [])
            ulimits[ulimit.Name] = new JsonObject { ["soft"] = ulimit.Soft, ["hard"] = ulimit.Hard };
        service.Part("ulimits", ulimits);
        var blkio = new JsonObject();
        blkio.Number("weight", host.BlkioWeight);
        blkio.Items(
            "weight_device",
            host.BlkioWeightDevice?.Select(device =>
                (JsonNode)new JsonObject { ["path"] = JsonSection.Escape(device.Path), ["weight"] = device.Weight }));
        blkio.Items("device_read_bps", Rates(host.BlkioDeviceReadBps));
        blkio.Items("device_read_iops", Rates(host.BlkioDeviceReadOperations));
        blkio.Items("device_write_bps", Rates(host.BlkioDeviceWriteBps));
        blkio.Items("device_write_iops", Rates(host.BlkioDeviceWriteOperations));
        service.Part("blkio_config", blkio);
    }

    private static void Devices(JsonObject service, HostConfig host)
    {
        service.Texts(
            "devices",
            host.Devices?.Select(device => $"{device.PathOnHost}:{device.PathInContainer}:{device.CgroupPermissions}"));
        service.Texts("device_cgroup_rules", host.DeviceCgroupRules);
        service.Items("gpus", host.DeviceRequests?.Select(Request));
    }

    private static JsonObject Request(DeviceRequest request)
    {
        var device = new JsonObject();
        device.Text("driver", request.Driver);
        if (request.DeviceIDs is { Count: > 0 })
            device.Texts("device_ids", request.DeviceIDs);
        else
            device["count"] = request.Count;
        device.Texts("capabilities", request.Capabilities?.SelectMany(capabilities => capabilities).Distinct());
        device.Pairs("options", request.Options);
        return device;
    }

    private static IEnumerable<JsonNode>? Rates(IReadOnlyList<ThrottleDevice>? devices) =>
        devices?.Select(device =>
            (JsonNode)new JsonObject { ["path"] = JsonSection.Escape(device.Path), ["rate"] = device.Rate });
}
