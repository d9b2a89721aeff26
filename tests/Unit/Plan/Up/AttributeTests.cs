using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Execute.Running;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;

namespace Compose.Tests.Plan.Up;

/// <summary>
/// Attributes that docker compose 2.26.1 does not support, or that need an engine the tests do not have; the others are
/// compared on a real engine.
/// </summary>
public class AttributeTests
{
    [Theory]
    [InlineData("gpus: all", "", -1, "", "gpu")]
    [InlineData("gpus: [{ count: 2, driver: nvidia, capabilities: [utility] }]", "nvidia", 2, "", "utility,gpu")]
    [InlineData("gpus: [{ device_ids: [\"0\", \"1\"], capabilities: [gpu] }]", "", 0, "0,1", "gpu")]
    [InlineData("devices: [\"vendor.com/class=one\", \"vendor.com/class=two\"]", "cdi", 0,
        "vendor.com/class=one,vendor.com/class=two", "")]
    [InlineData("deploy: { resources: { reservations: { devices: [{ capabilities: [tpu] }] } } }", "", -1, "", "tpu")]
    public void Devices_are_requested(string yaml, string driver, int count, string ids, string capabilities)
    {
        var host = Bind(yaml).HostConfig!;
        var request = Assert.Single(host.DeviceRequests!);

        Assert.Equal((driver, count), (request.Driver ?? "", request.Count));
        Assert.Equal(ids, string.Join(",", request.DeviceIDs ?? []));
        Assert.Equal(capabilities, string.Join(",", request.Capabilities?.Single() ?? []));
        Assert.Null(host.Devices);
    }

    [Fact]
    public void A_device_with_a_target_is_no_cdi_name() => Assert.Equal(
        new DeviceMapping("/dev/a", "/dev/b", "rwm"), Assert.Single(Bind("devices: [\"/dev/a:/dev/b\"]").HostConfig!.Devices!));

    [Fact]
    public void Processors_have_single_precision_and_percent_is_in_hundredths()
    {
        var host = Bind("cpus: 0.1234567\n    cpu_percent: '50.0'").HostConfig!;
        Assert.Equal((long)(0.1234567f * 1e9f), host.NanoCpus);
        Assert.Equal(5000, host.CpuPercent);
    }

    [Fact]
    public void An_interface_name_is_an_option_of_the_endpoint()
    {
        var endpoint = Bind(
            "networks: { front: { interface_name: eth7, gw_priority: 3, driver_opts: { a: b } } }", "networks:\n  front: {}\n",
            49).NetworkingConfig!.EndpointsConfig["demo_front"];
        Assert.Equal("eth7", endpoint.DriverOpts!["com.docker.network.endpoint.ifname"]);
        Assert.Equal("b", endpoint.DriverOpts["a"]);
        Assert.Equal(3, endpoint.GwPriority);
    }

    [Theory]
    [InlineData("mac_address: \"02:42:ac:11:65:43\"")]
    [InlineData("networks: { front: { mac_address: \"02:42:ac:11:65:43\" } }")]
    public void A_mac_address_goes_where_the_engine_looks_for_it(string yaml)
    {
        var rest = "networks:\n  front: {}\n  default: {}\n";
        Assert.Equal("02:42:ac:11:65:43", Bind(yaml, rest, 45).NetworkingConfig!.EndpointsConfig.Values.Single().MacAddress);
        Assert.Null(Bind(yaml, rest, 45).MacAddress);
        Assert.Equal("02:42:ac:11:65:43", Bind(yaml, rest, 41).MacAddress);
    }

    [Fact]
    public void Proxies_stand_under_the_services_own_variables()
    {
        var source = Source("environment: { HTTP_PROXY: mine, A: b }", "", 45) with
        {
            Proxies = new Dictionary<string, string> { ["HTTP_PROXY"] = "theirs", ["http_proxy"] = "theirs" },
        };
        Assert.Equal(
            ["A=b", "HTTP_PROXY=mine", "http_proxy=theirs"],
            RequestBinder.Bind(source, new BindingResults(new Dictionary<int, string>())).Env!);
    }

    [Fact]
    public void Volumes_come_from_containers_by_name_and_mode() =>
        Assert.Equal(
            ["given", "other:ro"], Bind("volumes_from: [\"container:given\", \"container:other:ro\"]").HostConfig!.VolumesFrom!);

    [Theory]
    [InlineData("{ selinux: Z }", "/tmp:/t:rw,Z")]
    [InlineData("{ selinux: z, propagation: rslave }", "/tmp:/t:rw,z,rslave")]
    public void A_bind_with_a_label_travels_as_text_which_alone_has_a_place_for_it(string options, string bind) =>
        Assert.Equal([bind], Bind($"volumes: [{{ type: bind, source: /tmp, target: /t, bind: {options} }}]").HostConfig!.Binds!);

    [Fact]
    public void Newer_mounts_have_their_options()
    {
        var mounts = Bind("""
            volumes:
                  - { type: volume, source: data, target: /labelled, volume: { labels: { tier: data }, subpath: sub } }
                  - { type: image, source: busybox, target: /image, image: { subpath: bin } }
                  - { type: bind, source: /tmp, target: /flat, read_only: true, bind: { recursive: writable } }
            """, "volumes:\n  data: {}\n", 48).HostConfig!.Mounts!;

        Assert.Equal("data", mounts[0].VolumeOptions!.Labels!["tier"]);
        Assert.Equal("sub", mounts[0].VolumeOptions!.Subpath);
        Assert.Equal("bin", mounts[1].ImageOptions!.Subpath);
        Assert.True(mounts[2].BindOptions!.ReadOnlyNonRecursive);
    }

    [Theory]
    [InlineData("volumes: [{ type: image, source: busybox, target: /i }]", 47, "EngineLacksFeature")]
    [InlineData("volumes: [{ type: volume, source: data, target: /i, volume: { subpath: s } }]", 44, "EngineLacksFeature")]
    [InlineData("volumes: [{ type: bind, source: /tmp, target: /i, read_only: true, bind: { recursive: readonly } }]", 43,
        "EngineLacksFeature")]
    [InlineData("networks: { front: { interface_name: eth7 } }", 48, "EngineLacksFeature")]
    [InlineData("networks: { front: , zebra: { mac_address: \"02:42:ac:11:65:43\" } }", 43, "EngineLacksFeature")]
    [InlineData("mac_address: \"02:42:ac:11:65:44\"\n    networks: { front: { mac_address: \"02:42:ac:11:65:43\" } }", 45,
        "MacAddressConflict")]
    [InlineData("healthcheck: { test: [CMD, a], start_interval: 1s, start_period: 1s }", 43, "EngineLacksFeature")]
    [InlineData("healthcheck: { test: [CMD, a], start_interval: 1s }", 45, "StartIntervalWithoutPeriod")]
    [InlineData("security_opt: [\"seccomp=absent.json\"]", 45, "SecurityProfileUnreadable")]
    public void What_an_engine_cannot_be_sent_is_refused(string yaml, int apiMinor, string id)
    {
        var service = Source(
            yaml, "networks:\n  front: {}\n  zebra: {}\n  default: {}\nvolumes:\n  data: {}\n", apiMinor).Service;
        var exception = Assert.Throws<ComposeException>(() => EngineFeatureCheck.Check(service, apiMinor));
        Assert.Equal(id, exception.Info.Id);
        Assert.Matches(@"compose\.yaml:\d+:\d+: ", exception.Message);
    }

    [Theory]
    [InlineData("annotations: { a: b }", 42, 1)]
    [InlineData("annotations: { a: b }", 43, 0)]
    [InlineData("networks: { front: { gw_priority: 1 } }", 47, 1)]
    [InlineData("networks: { front: { gw_priority: 1 } }", 48, 0)]
    public void What_an_engine_does_not_heed_is_warned_about(string yaml, int apiMinor, int warnings) =>
        Assert.Equal(
            warnings,
            EngineFeatureCheck.Ignored(Source(yaml, "networks:\n  front: {}\n", apiMinor).Service, apiMinor)
                .Count(warning => warning.Contains("compose.yaml:2:3", StringComparison.Ordinal)));

    private static CreateContainerRequest Bind(string service, string rest = "", int apiMinor = 45) =>
        RequestBinder.Bind(Source(service, rest, apiMinor), new BindingResults(new Dictionary<int, string>()));

    private static ContainerSource Source(string service, string rest, int apiMinor)
    {
        var project = Situation.Load($"services:\n  web:\n    image: busybox\n    {service}\n{rest}");
        return new ContainerSource
        {
            Project =
                project, Service =
                    project.Services["web"], Number =
                        1, FinalName = "demo-web-1", Image = "busybox", ApiMinor = apiMinor, Hashes = Hashing.Rules,
        };
    }
}
