using System.Text.Json.Nodes;
using Compose.Engine.Dto;
using Compose.Files.Canonical;
using Compose.State;

namespace Compose.Execute.Describe;

/// <summary>
/// The names of networks, volumes and containers in the file. Resources of the project are defined there; others are external.
/// </summary>
internal sealed class ProjectResourceNames(
    string? project, IReadOnlyList<DescribedContainer> containers, IReadOnlyList<NetworkResource> networks,
    IReadOnlyList<VolumeResource> volumes)
{
    private readonly SortedDictionary<string, JsonObject?> _networks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonObject?> _volumes = new(StringComparer.Ordinal);

    /// <summary>The networks used so far, as sections.</summary>
    public JsonObject Networks => Sections(_networks);

    /// <summary>The volumes used so far.</summary>
    public JsonObject Volumes => Sections(_volumes);

    public bool HasService(string service) => containers.Any(container => container.IsReplica && container.Service == service);

    /// <summary>The key of a network.</summary>
    public string Network(string name)
    {
        var network = networks.FirstOrDefault(network => network.Name == name);
        return Key(_networks, name, network?.Labels, ComposeLabels.Network, () => Definition(network!));
    }

    /// <summary>The key of a volume.</summary>
    public string Volume(string name)
    {
        var volume = volumes.FirstOrDefault(volume => volume.Name == name);
        return Key(_volumes, name, volume?.Labels, ComposeLabels.Volume, () => Definition(volume!));
    }

    /// <summary>A namespace mode. A container that is in the file is replaced by its service.</summary>
    public string Shared(string mode)
    {
        const string OfContainer = "container:";
        return mode.StartsWith(OfContainer, StringComparison.Ordinal) && Find(mode.Substring(OfContainer.Length)) is { } other
            ? ServiceName.Text(other.Service)
            : mode;
    }

    /// <summary>A container of volumes_from.</summary>
    public string VolumesFrom(string from)
    {
        var parts = from.Split([':'], 2);
        var source = Find(parts[0]) is { } other ? other.Service : "container:" + parts[0];
        return parts.Length > 1 && parts[1] == "ro" ? source + ":ro" : source;
    }

    /// <summary>The container with a name or id, if it is in the file.</summary>
    public DescribedContainer? Find(string nameOrId) =>
        containers.FirstOrDefault(container => container.Inspect.Id == nameOrId || container.Name == nameOrId);

    private string Key(
        SortedDictionary<string, JsonObject?> sections, string name, IReadOnlyDictionary<string, string>? labels, string keyLabel,
        Func<JsonObject> define)
    {
        if (project is null
            || labels is null
            || !labels.TryGetValue(ComposeLabels.Project, out var owner)
            || owner != project
            || !labels.TryGetValue(keyLabel, out var key))
        {
            sections[name] = new JsonObject { ["external"] = true, ["name"] = JsonSection.Escape(name) };
            return name;
        }

        if (!sections.ContainsKey(key))
        {
            var section = define();
            if (name != $"{project}_{key}")
                section["name"] = JsonSection.Escape(name);
            sections[key] = section.Count > 0 ? section : null;
        }

        return key;
    }

    private JsonObject Definition(NetworkResource network)
    {
        var section = new JsonObject();
        if (network.Driver is not "bridge")
            section.Text("driver", network.Driver);
        section.Pairs("driver_opts", network.Options);
        section.Flag("internal", network.Internal);
        section.Flag("attachable", network.Attachable);
        section.Flag("enable_ipv6", network.EnableIPv6);
        section.Pairs("labels", ServiceDescription.Labels(network.Labels, null));
        // A subnet that the engine picked is left out, unless a container has a fixed address in it.
        if (containers.Any(container =>
            container.Inspect.NetworkSettings?.Networks is { } joined
                && joined.TryGetValue(network.Name, out var endpoint)
                && endpoint.IPAMConfig is { IPv4Address: not null } or { IPv6Address: not null }))
            section["ipam"] = new JsonObject { ["config"] = new JsonArray([.. (network.IPAM?.Config ?? []).Select(Pool)]) };
        return section;
    }

    private static JsonObject Pool(IpamPool pool)
    {
        var section = new JsonObject();
        section.Text("subnet", pool.Subnet);
        section.Text("ip_range", pool.IPRange);
        section.Text("gateway", pool.Gateway);
        return section;
    }

    private static JsonObject Definition(VolumeResource volume)
    {
        var section = new JsonObject();
        if (volume.Driver is not "local")
            section.Text("driver", volume.Driver);
        section.Pairs("driver_opts", volume.Options);
        section.Pairs("labels", ServiceDescription.Labels(volume.Labels, null));
        return section;
    }

    private static JsonObject Sections(SortedDictionary<string, JsonObject?> sections)
    {
        var all = new JsonObject();
        foreach (var section in sections)
            all[section.Key] = section.Value?.DeepClone();
        return all;
    }
}
