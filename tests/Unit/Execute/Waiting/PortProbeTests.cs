using System.Net;
using System.Net.Sockets;
using Compose.Engine.Dto;
using Compose.Execute.Waiting;

namespace Compose.Tests.Execute.Waiting;

/// <summary>Whether something listens on a port, and at which address a container's ports can be reached.</summary>
public class PortProbeTests
{
    [Fact]
    public async Task A_listener_that_waits_for_its_client_answers()
    {
        using var listener = Listen();

        Assert.True(await PortProbe.AnswersAsync("127.0.0.1", Port(listener), CancellationToken.None));
    }

    [Fact]
    public async Task One_that_hangs_up_at_once_is_a_proxy_before_nobody()
    {
        using var listener = Listen();
        _ = Task.Run(async () =>
        {
            while (true)
                (await listener.AcceptTcpClientAsync()).Dispose();
        });

        Assert.False(await PortProbe.AnswersAsync("127.0.0.1", Port(listener), CancellationToken.None));
    }

    [Fact]
    public async Task A_port_nobody_listens_at_does_not_answer()
    {
        int port;
        using (var listener = Listen())
            port = Port(listener);

        Assert.False(await PortProbe.AnswersAsync("127.0.0.1", port, CancellationToken.None));
    }

    [Theory]
    [InlineData("unix:///var/run/docker.sock", "0.0.0.0", "127.0.0.1")]
    [InlineData("unix:///var/run/docker.sock", "10.1.2.3", "10.1.2.3")]
    [InlineData("npipe:////./pipe/docker_engine", "::", "127.0.0.1")]
    [InlineData("tcp://build.example:2376", "0.0.0.0", "build.example")]
    [InlineData("tcp://build.example:2376", "127.0.0.1", "127.0.0.1")]
    [InlineData("ssh://me@far.example", "", "far.example")]
    public void A_port_on_all_addresses_is_reached_at_the_engines_machine(string engine, string published, string host) =>
        Assert.Equal(host, PortProbe.Host(engine, published));

    [Fact]
    public void Ports_are_reached_as_published_or_at_the_container()
    {
        var look = new ContainerInspect
        {
            Id = "1",
            NetworkSettings = new SummaryNetworks(
                new Dictionary<string, EndpointSettings> { ["net"] = new() { IPAddress = "172.18.0.2" } })
            {
                Ports = new Dictionary<string, IReadOnlyList<PortBinding>?>
                {
                    ["80/tcp"] = [new() { HostIp = "::", HostPort = "8080" }, new() { HostIp = "0.0.0.0", HostPort = "8080" }],
                    ["53/udp"] = [new() { HostIp = "0.0.0.0", HostPort = "53" }],
                    ["81/tcp"] = null,
                },
            },
        };

        Assert.Equal([("127.0.0.1", 8080)], ReachablePorts.Of(look, null, "unix:///e", isLocal: true));
        Assert.Equal([("127.0.0.1", 8080)], ReachablePorts.Of(look, 80, "unix:///e", isLocal: true));
        Assert.Equal([("172.18.0.2", 81)], ReachablePorts.Of(look, 81, "unix:///e", isLocal: true));
        Assert.Empty(ReachablePorts.Of(look, 81, "tcp://far:2376", isLocal: false));
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
