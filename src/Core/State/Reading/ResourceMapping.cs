using System.Globalization;
using Compose.Engine.Dto;

namespace Compose.State.Reading;

/// <summary>Converts the engine's records of volumes and networks to result objects.</summary>
internal static class ResourceMapping
{
    public static ComposeVolume Volume(
        string engineHost, string projectName, VolumeResource volume, IEnumerable<ObservedContainer> containers) =>
        new()
    {
        EngineHost = engineHost,
        ProjectName = projectName,
        Volume = Label(volume.Labels, ComposeLabels.Volume) ?? volume.Name,
        Name = volume.Name,
        Driver = volume.Driver ?? "",
        Mountpoint = volume.Mountpoint ?? "",
        Created = Time(volume.CreatedAt),
        Services = Services(containers.Where(container => container.Mounts.Any(mount => mount.Name == volume.Name))),
        Options = volume.Options ?? new Dictionary<string, string>(),
        Labels = volume.Labels ?? new Dictionary<string, string>(),
    };

    public static ComposeNetwork Network(
        string engineHost, string projectName, NetworkResource network, IEnumerable<ObservedContainer> containers) =>
        new()
    {
        EngineHost = engineHost,
        ProjectName = projectName,
        Network = Label(network.Labels, ComposeLabels.Network) ?? network.Name,
        Name = network.Name,
        Id = network.Id ?? "",
        Driver = network.Driver ?? "",
        Internal = network.Internal == true,
        Attachable = network.Attachable == true,
        EnableIPv6 = network.EnableIPv6 == true,
        Subnets = [.. (network.IPAM?.Config ?? []).Select(pool => pool.Subnet).OfType<string>()],
        Gateways = [.. (network.IPAM?.Config ?? []).Select(pool => pool.Gateway).OfType<string>()],
        Created = Time(network.Created),
        Services = Services(containers.Where(container => container.Networks.ContainsKey(network.Name))),
        Options = network.Options ?? new Dictionary<string, string>(),
        Labels = network.Labels ?? new Dictionary<string, string>(),
    };

    /// <summary>Parses the engine's times (RFC 3339) to UTC.</summary>
    public static DateTime? Time(string? text) =>
        DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static IReadOnlyList<string> Services(IEnumerable<ObservedContainer> containers) =>
        [.. containers.Select(container => container.Service).Distinct().OrderBy(name => name, StringComparer.Ordinal)];

    private static string? Label(IReadOnlyDictionary<string, string>? labels, string name) =>
        labels is not null && labels.TryGetValue(name, out var value) ? value : null;
}
