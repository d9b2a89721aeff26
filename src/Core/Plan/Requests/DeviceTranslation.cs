using System.Text.RegularExpressions;
using Compose.Engine.Dto;
using Compose.Model;

namespace Compose.Plan.Requests;

/// <summary>Devices: host paths as mappings; CDI names, gpus and deploy's reservations as requests the engine resolves.</summary>
internal static class DeviceTranslation
{
    /// <summary>A fully qualified name of the Container Device Interface, <c>vendor.com/class=name</c>.</summary>
    private static readonly Regex CdiName = new(
        "^[A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9])?/[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?=[A-Za-z0-9]([A-Za-z0-9_.:-]*[A-Za-z0-9])?$",
        RegexOptions.CultureInvariant);

    public static IReadOnlyList<DeviceMapping>? Mappings(ServiceDefinition service)
    {
        var mappings = service.Devices.Where(device => !IsCdi(device))
            .Select(device => new DeviceMapping(device.Source, device.Target ?? device.Source, device.Permissions ?? "rwm"))
            .ToList();
        return mappings.Count == 0 ? null : mappings;
    }

    public static IReadOnlyList<DeviceRequest>? Requests(ServiceDefinition service)
    {
        var named = service.Devices.Where(IsCdi).Select(device => device.Source).ToList();
        var requests = (service.Deploy?.Reservations?.Devices ?? []).Select(device => Request(device, device.Capabilities))
            .Concat(named.Count == 0 ? [] : [new DeviceRequest { Driver = "cdi", DeviceIDs = named }])
            .Concat(
                service.Gpus.Select(gpu =>
                    Request(gpu, gpu.Capabilities.Contains("gpu") ? gpu.Capabilities : [.. gpu.Capabilities, "gpu"])))
            .ToList();
        return requests.Count == 0 ? null : requests;
    }

    private static bool IsCdi(DeviceDefinition device) =>
        (device.Target is null || device.Target == device.Source) && CdiName.IsMatch(device.Source);

    private static DeviceRequest Request(DeviceRequestDefinition device, IReadOnlyList<string> capabilities) => new()
    {
        Driver = device.Driver,
        Count = device.Count ?? (device.DeviceIds.Count > 0 ? 0 : -1),
        DeviceIDs = device.DeviceIds.Count > 0 ? device.DeviceIds : null,
        Capabilities = [capabilities],
        Options = device.Options.Count > 0 ? device.Options : null,
    };
}
