using Compose.Engine.Dto;
using Compose.Execute.Running;
using Compose.Plan;
using Compose.Plan.Requests;

namespace Compose.Tests.Plan.Requests;

/// <summary>The create request for a service.</summary>
public class RequestBinderTests
{
    [Fact]
    public void Ports_keep_ranges_whole_and_expose_expands()
    {
        var request = Bind("ports: [\"8080:80\", \"127.0.0.1:53:53/udp\", \"3000\"]\n    expose: [\"7000-7002\"]");

        Assert.Equal("8080", request.HostConfig!.PortBindings!["80/tcp"].Single().HostPort);
        Assert.Equal(
            new PortBinding { HostIp = "127.0.0.1", HostPort = "53" }, request.HostConfig.PortBindings["53/udp"].Single());
        Assert.Equal("", request.HostConfig.PortBindings["3000/tcp"].Single().HostPort);
        Assert.Equal(
            ["3000/tcp", "53/udp", "7000/tcp", "7001/tcp", "7002/tcp", "80/tcp"],
            request.ExposedPorts!.Keys.OrderBy(port => port, StringComparer.Ordinal));
    }

    [Fact]
    public void A_plain_volume_is_a_bind_and_one_with_options_a_mount()
    {
        var request = Bind(
            "volumes:\n      - data:/data:ro\n      - /anonymous\n      - { type: volume, source: data, target: /raw, volume: { "
                + "nocopy: true } }\n      - { type: tmpfs, target: /tmp, tmpfs: { size: 1m } }",
            "volumes:\n  data: {}\n");

        Assert.Equal(["demo_data:/data:ro"], request.HostConfig!.Binds!);
        Assert.Equal(
            [("volume", null, "/anonymous"), ("volume", "demo_data", "/raw"), ("tmpfs", null, "/tmp")],
            request.HostConfig.Mounts!.Select(mount => (mount.Type, mount.Source, mount.Target)));
        Assert.Equal(1024 * 1024, request.HostConfig.Mounts![2].TmpfsOptions!.SizeBytes);
    }

    [Theory]
    [InlineData(41, 1)]
    [InlineData(44, 2)]
    public void An_old_engine_joins_further_networks_after_the_create(int apiMinor, int atOnce)
    {
        var source = Source(
            "networks: { back: { aliases: [b] }, front: { priority: 9 } }", "networks:\n  back: {}\n  front: {}\n", apiMinor);
        var request = RequestBinder.Bind(source, Nothing);

        Assert.Equal("demo_front", request.HostConfig!.NetworkMode);
        Assert.Equal(atOnce, request.NetworkingConfig!.EndpointsConfig.Count);
        Assert.Equal(2 - atOnce, RequestBinder.Later(source).Count);
        var all = request.NetworkingConfig.EndpointsConfig.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (network, endpoint) in RequestBinder.Later(source))
            all[network] = endpoint;
        Assert.Equal(["demo-web-1", "web", "b"], all["demo_back"].Aliases!);
    }

    [Theory]
    [InlineData("restart: always", "always", 0)]
    [InlineData("restart: on-failure:3", "on-failure", 3)]
    [InlineData("deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }", "on-failure", 2)]
    public void Restart_policies(string yaml, string name, int retries) =>
        Assert.Equal(new RestartPolicy(name, retries), Bind(yaml).HostConfig!.RestartPolicy);

    [Fact]
    public void Labels_are_docker_composes_and_win_over_the_users()
    {
        var labels = Bind("labels: { com.docker.compose.project: mine, tier: front }").Labels!;

        Assert.Equal("demo", labels["com.docker.compose.project"]);
        Assert.Equal("front", labels["tier"]);
        Assert.Equal("1", labels["com.docker.compose.container-number"]);
        Assert.Equal("False", labels["com.docker.compose.oneoff"]);
        Assert.Equal(64, labels["com.docker.compose.config-hash"].Length);
    }

    [Fact]
    public void A_shared_namespace_gets_the_id_of_the_container_made_before()
    {
        var source = Source("network_mode: service:db", "  db:\n    image: busybox\n", 45) with
        {
            Parents = new Dictionary<string, ContainerReference> { ["db"] = ContainerReference.Created(3, "demo-db-1") },
        };

        Assert.Equal(
            "container:abc",
            RequestBinder.Bind(source, new BindingResults(new Dictionary<int, string> { [3] = "abc" })).HostConfig!.NetworkMode);
    }

    private static BindingResults Nothing => new(new Dictionary<int, string>());

    private static CreateContainerRequest Bind(string service, string rest = "") => RequestBinder.Bind(
        Source(service, rest, 45), Nothing);

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
