using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Engine.Transport.Ssh;
using Compose.Errors;
using Compose.Tests.Engine.Api;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Transport;

/// <summary>The real engine through a real ssh server, and all failures on the way.</summary>
public sealed class SshEndpointTests
{
    /// <summary>Uses the real docker where it is installed, which also checks that it accepts our arguments.</summary>
    private static readonly string RealDocker =
        $"exec env DOCKER_HOST={TestEngine.Host} PATH=/usr/local/bin:/usr/bin:/bin docker \"$@\"";

    [SshFact]
    public async Task An_engine_behind_ssh_answers_and_takes_input_to_its_end()
    {
        using var server = new LocalSshServer();
        server.Docker(RealDocker);
        foreach (var kind in new[] { TransportKind.Default, TransportKind.Http1 })
        {
            using var client = await EngineClient.ConnectAsync(server.Endpoint(), CancellationToken.None, kind);
            for (var count = 0; count < 3; count++)
                await client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None);

            Assert.Equal(1, client.Dials);
            Assert.False(client.IsLocal);
            Assert.StartsWith("ssh://", client.EngineHost, StringComparison.Ordinal);
            Assert.Equal("typed here", await ExecEcho.InNewContainerAsync(client));
        }
    }

    [SshFact]
    public async Task Many_requests_at_once_come_through_though_a_server_takes_few_logins_at_a_time()
    {
        using var server = new LocalSshServer();
        server.Docker(RealDocker);
        using var client = await EngineClient.ConnectAsync(server.Endpoint(), CancellationToken.None);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 24)
                .Select(_ => client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None)));

        Assert.Equal(24, answers.Length);
    }

    [SshFact]
    public async Task Cancelling_a_silent_stream_ends_its_ssh_at_once()
    {
        using var server = new LocalSshServer();
        server.Docker(RealDocker);
        foreach (var kind in new[] { TransportKind.Default, TransportKind.Http1 })
        {
            using var client = await EngineClient.ConnectAsync(server.Endpoint(), CancellationToken.None, kind);
            using var stop = new CancellationTokenSource(1500);
            var watch = System.Diagnostics.Stopwatch.StartNew();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var told in client.System.EventsAsync(null, Filters.Label("compose.tests=none"), stop.Token))
                    Assert.Fail(told.Action);
            });

            Assert.InRange(watch.ElapsedMilliseconds, 1000, 30_000);
            await client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None);
        }
    }

    [SshFact]
    public async Task What_stands_in_the_way_is_told_by_its_own_name()
    {
        using var server = new LocalSshServer();
        server.Docker(RealDocker);
        server.Write("no_hosts", "");
        server.Write("other_hosts", server.OtherHostKey);

        Assert.Equal("SshNotFound", await FailureAsync(server.Endpoint() with { SshProgram = "/nowhere/ssh" }));
        Assert.Equal(
            "SshHostUnreachable", await FailureAsync(server.Endpoint(host: $"ssh://root@127.0.0.1:{LocalSshServer.FreePort()}")));
        Assert.Equal("SshHostUnreachable", await FailureAsync(server.Endpoint(host: "ssh://root@no-such-host.invalid")));
        Assert.Equal("SshHostKeyUnknown", await FailureAsync(server.Endpoint(knownHosts: "no_hosts")));
        Assert.Equal("SshHostKeyChanged", await FailureAsync(server.Endpoint(knownHosts: "other_hosts")));
        Assert.Equal("SshAccessDenied", await FailureAsync(server.Endpoint(key: "other")));

        server.Docker("echo 'sh: 1: docker: not found' >&2; exit 127");
        Assert.Equal("SshDockerNotFound", await FailureAsync(server.Endpoint()));
        server.Docker("echo \"docker: 'dial-stdio' is not a docker command.\" >&2; exit 1");
        Assert.Equal("SshDockerNotFound", await FailureAsync(server.Endpoint()));
        server.Docker("exit 3");
        Assert.Equal("SshFailed", await FailureAsync(server.Endpoint()));
        server.Docker("exec env DOCKER_HOST=unix:///nowhere.sock PATH=/usr/local/bin:/usr/bin:/bin docker \"$@\"");
        Assert.Equal("EngineNotRunning", await FailureAsync(server.Endpoint()));
    }

    [Theory]
    [InlineData("fish: Unknown command: docker", "SshDockerNotFound")]
    [InlineData("unknown command: docker system dial-stdio", "SshDockerNotFound")]
    [InlineData("Connection closed by 10.0.0.1 port 22", "SshHostUnreachable")]
    [InlineData("kex_exchange_identification: read: Connection reset by peer\r\n", "SshHostUnreachable")]
    [InlineData("Bad configuration option: foo", "SshFailed")]
    [InlineData("", "SshFailed")]
    public void What_ssh_says_last_is_told_and_known_where_it_can_be(string said, string id)
    {
        var error = SshFailure.From(said, new EngineEndpoint(new Uri("ssh://me@server")), null).Info;

        Assert.Equal(id, error.Id);
        Assert.Contains(said.Length == 0 ? "without a word" : said.Trim(), error.Message, StringComparison.Ordinal);
    }

    [SshFact]
    public async Task Another_socket_on_the_host_is_named_by_the_path()
    {
        using var server = new LocalSshServer();
        server.Docker("exec env PATH=/usr/local/bin:/usr/bin:/bin docker \"$@\"");
        using var client = await EngineClient.ConnectAsync(
            server.Endpoint(host: server.Host + TestEngine.Socket), CancellationToken.None);

        Assert.Equal("linux", client.OSType);
        Assert.Equal("EngineNotRunning", await FailureAsync(server.Endpoint(host: server.Host + "/no%20where/docker.sock")));
    }

    [Theory]
    [InlineData("ssh://host", "-o BatchMode=yes -o ConnectTimeout=15 -T -- \"host\" docker system dial-stdio")]
    [InlineData("ssh://me@host:2222/",
        "-o BatchMode=yes -o ConnectTimeout=15 -T -l \"me\" -p 2222 -- \"host\" docker system dial-stdio")]
    [InlineData("ssh://a%20b@[::1]/run/d.sock", "-o BatchMode=yes -o ConnectTimeout=15 -T -l \"a b\" -- \"::1\" docker "
        + "\"--host='unix:///run/d.sock'\" system dial-stdio")]
    public void The_command_line_is_dockers(string host, string expected) =>
        Assert.Equal(expected, SshCommand.Arguments(EngineAddress.Parse(host)));

    /// <summary>docker accepts and rejects the same addresses.</summary>
    [Theory]
    [InlineData("ssh://u@h#x", "has a fragment ('#x'), which is not allowed")]
    [InlineData("ssh://u@h:22#x", "has a fragment ('#x')")]
    [InlineData("ssh://u@h/p#x", "has a fragment ('#x')")]
    [InlineData("ssh://u@h?a=b", "has query parameters ('?a=b'), which are not allowed")]
    [InlineData("ssh://u@h?a#b", "has query parameters ('?a')")]
    [InlineData("ssh://u@h#", null)]
    [InlineData("ssh://u@h?", null)]
    [InlineData("ssh://u@h/p%23x", null)]
    [InlineData("ssh://u@[::1]:22/p", null)]
    public void What_an_ssh_address_may_not_have_is_named(string host, string? refusal)
    {
        if (refusal is null)
            Assert.Equal("ssh", EngineAddress.Parse(host).Scheme);
        else
            Assert.Contains(
                refusal, Assert.Throws<ComposeException>(() => EngineAddress.Parse(host)).Info.Message, StringComparison.Ordinal);
    }

    private static async Task<string> FailureAsync(EngineEndpoint endpoint) =>
        (await Assert.ThrowsAnyAsync<ComposeException>(async () =>
    {
        using var client = await EngineClient.ConnectAsync(endpoint, CancellationToken.None);
    })).Info.Id;
}
