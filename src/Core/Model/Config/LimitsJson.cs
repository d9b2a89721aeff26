using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>
/// Writes a service's resource limits. A legacy attribute that <c>deploy</c> sets as well is written only if the file has both.
/// </summary>
internal sealed class LimitsJson(Utf8JsonWriter json, ConfigForm form)
{
    public void Processor(ServiceDefinition service)
    {
        var resources = service.Resources;
        json.Whole("cpu_count", resources.CpuCount);
        json.Real("cpu_percent", resources.CpuPercent);
        json.Whole("cpu_period", resources.CpuPeriod);
        json.Whole("cpu_quota", resources.CpuQuota);
        json.Whole("cpu_rt_period", resources.CpuRealtimePeriod);
        json.Whole("cpu_rt_runtime", resources.CpuRealtimeRuntime);
        if (service.Deploy?.Limits?.Cpus is null || service.LegacyKeys.Contains("cpus"))
            json.Single("cpus", resources.Cpus);
        json.Text("cpuset", resources.CpuSet);
        json.Whole("cpu_shares", resources.CpuShares);
    }

    public void Memory(ServiceDefinition service)
    {
        var resources = service.Resources;
        if (service.Deploy?.Limits?.Memory is null || service.LegacyKeys.Contains("mem_limit"))
            json.Bytes("mem_limit", resources.Memory);
        if (service.Deploy?.Reservations?.Memory is null || service.LegacyKeys.Contains("mem_reservation"))
            json.Bytes("mem_reservation", resources.MemoryReservation);
        json.Bytes("memswap_limit", resources.MemorySwap);
        json.Bytes("mem_swappiness", resources.MemorySwappiness);
    }

    public void Pids(ServiceDefinition service)
    {
        if (service.Deploy?.Limits?.Pids is null || service.LegacyKeys.Contains("pids_limit"))
            json.Whole("pids_limit", service.Resources.Pids);
    }

    /// <summary>Writes one number for a ulimit that the file has as one number. Zeros are left out, as in Go's JSON.</summary>
    public void Ulimits(IReadOnlyDictionary<string, UlimitDefinition> ulimits) =>
        json.Map("ulimits", ulimits, (_, limit) =>
        {
            if (limit.IsSingle && limit.Soft != 0)
                json.WriteNumberValue(limit.Soft);
            else
                json.Section(() => { Limit("soft", limit.Soft); Limit("hard", limit.Hard); });

            void Limit(string name, long value)
            {
                if (value != 0 || form.ZeroLimits)
                    json.WriteNumber(name, value);
            }
        });

    public void Blkio(ServiceDefinition service)
    {
        if (service.Blkio is { } blkio)
            json.Section("blkio_config", () => Blkio(blkio));
    }

    private void Blkio(BlkioDefinition blkio)
    {
        json.Whole("weight", blkio.Weight);
        json.Items(
            "weight_device", blkio.WeightDevice,
            device => { json.Text(DeviceKey("Path"), device.Path); json.WriteNumber(DeviceKey("Weight"), device.Weight); });
        Rates("device_read_bps", blkio.DeviceReadBps);
        Rates("device_read_iops", blkio.DeviceReadIOps);
        Rates("device_write_bps", blkio.DeviceWriteBps);
        Rates("device_write_iops", blkio.DeviceWriteIOps);

        void Rates(string name, IReadOnlyList<BlkioRate> rates) =>
            json.Items(
                name, rates,
                device => { json.Text(DeviceKey("Path"), device.Path); json.Bytes(DeviceKey("Rate"), device.Rate); });

        string DeviceKey(string name) => form.CapitalDeviceKeys ? name : name.ToLowerInvariant();
    }
}
