using Compose.Engine.Dto;
using Compose.Files.Schema;
using Compose.Plan;
using Compose.Plan.Compare;
using Compose.Plan.Up;

namespace Compose.Tests.Plan.Compare;

/// <summary>
/// Every property of a container, network or volume that differs from the file is a difference. Exceptions are in a list, with
/// the reason.
/// </summary>
public class ComparedPropertyTests
{
    private const string Yaml = """
        services:
          web:
            image: busybox
            hostname: here
            command: [a]
            networks:
              front:
                { ipv4_address: 10.7.0.9, ipv6_address: "fd00::9", link_local_ips: [169.254.8.8], mac_address: 02:42:ac:11:65:44,
                  gw_priority: 3, driver_opts: { a: b } }
            links: ["db:store"]
            healthcheck: { test: [CMD, a], interval: 10s, timeout: 1s, retries: 5, start_period: 15s, start_interval: 5s }
            logging: { driver: json-file, options: { max-size: 10m } }
            restart: on-failure:3
            ports: ["127.0.0.1:8080:80"]
            ulimits: { nofile: 1024 }
            gpus: [{ driver: nvidia, count: 1 }]
            devices: ["/dev/null:/dev/n"]
            blkio_config:
              weight_device: [{ path: /dev/sda, weight: 400 }]
              device_read_bps: [{ path: /dev/sda, rate: 1 }]
              device_write_bps: [{ path: /dev/sda, rate: 1 }]
              device_read_iops: [{ path: /dev/sda, rate: 1 }]
              device_write_iops: [{ path: /dev/sda, rate: 1 }]
            volumes:
              - { type: bind, source: /a, target: /bind, bind: { propagation: rslave, create_host_path: false } }
              - { type: volume, source: data, target: /data, volume: { nocopy: true, subpath: q } }
              - { type: tmpfs, target: /tmp, tmpfs: { size: 1m, mode: 01777 } }
              - { type: image, source: busybox, target: /image, image: { subpath: q } }
          db: { image: busybox, networks: [front] }
        networks: { front: { enable_ipv4: true, ipam: { config: [{ subnet: 10.7.0.0/16, gateway: 10.7.0.1 }] } } }
        volumes: { data: { driver: local } }
        """;

    /// <summary>What inspect has and up ignores.</summary>
    private static readonly Dictionary<string, string> NotCompared = new()
    {
        ["Id"] = "its identity",
        ["Name"] = "its identity",
        ["Image"] = "the id of the image: the rules of replicas compare it with the image label",
        ["Platform"] = "the image's; an image of another platform has another id",
        ["State*"] = "how it does, not how it was made",
        ["RestartCount"] = "how it does, not how it was made",
        ["Mounts*"] = "where its mounts are; what was asked for is in HostConfig",
        ["NetworkSettings.Ports*"] = "where its ports are; what was asked for is in HostConfig",
        ["NetworkSettings.Networks"] =
            "a network it is not on is seen in the list: a rule of replicas; one it should not be on has a test of its own below",
        ["NetworkSettings.Networks[].NetworkID"] = "the engine's",
        ["NetworkSettings.Networks[].IPAddress"] = "the engine's; what was asked for is in IPAMConfig",
        ["Config.OnBuild"] = "only an image has it",
        ["Config.StdinOnce"] = "only a one-off container has it",
        ["Config.Volumes"] = "the image's; the file's anonymous volumes are mounts",
        ["Config.MacAddress"] = "an endpoint's from API 1.44 on; older engines have a test of their own below",
        ["HostConfig.AutoRemove"] = "only a one-off container has it",
        ["HostConfig.Links"] = "only on the default bridge, where the engine spells them in another way",
        ["HostConfig.MaskedPaths"] = "the engine fills it in; an empty list has a test of its own below",
        ["HostConfig.ReadonlyPaths"] = "goes with MaskedPaths",
        ["HostConfig.Mounts[].Consistency"] = "engines take it and do nothing with it",
        ["HostConfig.Mounts[].BindOptions.CreateMountpoint"] = "matters only at the create",
        ["HostConfig.Mounts[].VolumeOptions.DriverConfig*"] = "only a service of a swarm sends it",
        ["HostConfig.Mounts[].VolumeOptions.Labels"] = "labels of a volume that the create makes, not of the container",
        ["HostConfig.Mounts[].VolumeOptions.DriverConfig.Name"] = "only services of a swarm send it",
        ["HostConfig.Mounts[].VolumeOptions.DriverConfig.Options"] = "only services of a swarm send it",
    };

    private static readonly Dictionary<string, string> NotComparedNetwork = new()
    {
        ["Name"] = "its identity",
        ["Id"] = "its identity",
        ["Created"] = "the engine's",
        ["CheckDuplicate"] = "only sent",
        ["Containers*"] = "who is on it, not how it was made",
    };

    private static readonly Dictionary<string, string> NotComparedVolume = new()
    {
        ["Name"] = "its identity",
        ["Mountpoint"] = "the engine's",
        ["CreatedAt"] = "the engine's",
    };

    [Fact]
    public void Of_a_container()
    {
        var situation = new Situation(Yaml) { ApiMinor = 49 }.Running();
        Check(
            EngineView.Container(situation, situation.State.Replicas("web")[0]), actual => Compare(situation, actual),
            NotCompared, ServiceSection.Service);
    }

    [Fact]
    public void Of_a_network()
    {
        var context = EngineView.Context(new Situation(Yaml));
        var wanted = EngineView.Network(context, "front");
        var actual = wanted with { Driver = "bridge", IPAM = wanted.IPAM! with { Driver = "default" } };
        Check(actual, changed => ResourceComparer.Compare(changed, wanted), NotComparedNetwork, ResourceSections.Network);
    }

    [Fact]
    public void Of_a_volume()
    {
        var context = EngineView.Context(new Situation(Yaml));
        var wanted = VolumePlanner.Request(context, context.Project.Volumes["data"]);
        Check(
            EngineView.Volume(context, "data"), changed => ResourceComparer.Compare(changed, wanted), NotComparedVolume,
            ResourceSections.Volume);
    }

    [Fact]
    public void An_older_engine_has_the_address_in_the_containers_configuration()
    {
        var situation = new Situation(
            "services: { web: { image: busybox, mac_address: '02:42:ac:11:65:44' } }") { ApiMinor = 43 }.Running();
        var actual = EngineView.Container(situation, situation.State.Replicas("web")[0]);

        Assert.Empty(Compare(situation, actual));
        Assert.Equal(
            "mac_address",
            Assert.Single(Compare(situation, actual with { Config = actual.Config with { MacAddress = null } })).Field);
    }

    [Fact]
    public void Paths_that_are_not_hidden_are_a_security_option()
    {
        var situation = new Situation("services: { web: { image: busybox } }").Running();
        var actual = EngineView.Container(situation, situation.State.Replicas("web")[0]);
        var change = Assert.Single(Compare(situation, actual with { HostConfig = actual.HostConfig with { MaskedPaths = [] } }));

        Assert.Equal(("security_opt", "[systempaths=unconfined]", null), (change.Field, change.Old, change.New));
    }

    [Fact]
    public void A_network_it_should_not_be_on_is_a_change()
    {
        var situation = new Situation("services: { web: { image: busybox } }").Running();
        var actual = EngineView.Container(situation, situation.State.Replicas("web")[0]);
        var networks = actual.NetworkSettings!.Networks!.Append(new("stranger", new EndpointSettings()))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.Equal(
            "networks.stranger",
            Assert.Single(Compare(situation, actual with { NetworkSettings = new SummaryNetworks(networks) })).Field);
    }

    private static IReadOnlyList<FieldChange> Compare(Situation situation, ContainerInspect actual) =>
        ContainerComparer.Compare(
            EngineView.Context(situation), situation.Project.Services["web"], situation.State.Replicas("web")[0], actual);

    /// <summary>
    /// A change of any property is a difference, under its name in the compose file, unless the list has a reason why not.
    /// </summary>
    private static void Check<T>(
        T actual, Func<T, IReadOnlyList<FieldChange>> compare, Dictionary<string, string> notCompared, Section section)
        where T : class
    {
        Assert.Equal([], compare(actual).Select(change => $"{change.Field}: {change.Old} -> {change.New}"));

        var changes = RecordChange.Each(actual).Select(change => (change.Path, Found: compare(change.Changed))).ToList();
        var compared = changes.Where(change => change.Found.Count > 0).Select(change => change.Path).ToHashSet();
        var missed = RecordChange.Paths(typeof(T)).Where(path => !compared.Contains(path));
        Assert.Equal([], missed.Where(path => Reason(notCompared, path) is null));
        Assert.Equal([], notCompared.Keys.Where(compared.Contains));
        Assert.Equal(
            [],
            changes.SelectMany(change => change.Found)
                .Select(change => change.Field)
                .Distinct()
                .Where(field => !SchemaPath.IsKnown(section, field)));
    }

    /// <summary>A star matches the property and everything inside it.</summary>
    private static string? Reason(Dictionary<string, string> notCompared, string path) => notCompared.FirstOrDefault(
        entry => path == entry.Key
            || (entry.Key.EndsWith('*') && path.StartsWith(entry.Key.TrimEnd('*'), StringComparison.Ordinal))).Value;
}
