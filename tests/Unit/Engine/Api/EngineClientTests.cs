using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Endpoint;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Api;

/// <summary>Both HTTP clients against the real engine.</summary>
public class EngineClientTests
{
    public static TheoryData<int> Kinds => [(int)TransportKind.Default, (int)TransportKind.Http1];

    [EngineTheory]
    [MemberData(nameof(Kinds))]
    public async Task The_version_is_agreed_upon(int kind)
    {
        using var client = await ConnectAsync(kind);
        var version = await client.System.VersionAsync(CancellationToken.None);

        Assert.True(client.ApiVersion <= ApiVersion.Newest);
        Assert.True(client.ApiVersion <= ApiVersion.Parse(version.ApiVersion)!.Value);
        Assert.Equal("linux", client.OSType);
    }

    [EngineTheory]
    [MemberData(nameof(Kinds))]
    public async Task Requests_in_a_row_share_one_connection(int kind)
    {
        using var client = await ConnectAsync(kind);
        for (var count = 0; count < 20; count++)
            await client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None);

        Assert.Equal(1, client.Dials);
    }

    [EngineTheory]
    [MemberData(nameof(Kinds))]
    public async Task A_container_lives_and_dies(int kind)
    {
        using var client = await ConnectAsync(kind);
        var name = "enginetest" + Guid.NewGuid().ToString("N")[..8];
        var request = new CreateContainerRequest
        {
            Image = "busybox",
            Cmd = ["sh", "-c", "echo out; echo err >&2; sleep 60"],
            Labels = new Dictionary<string, string> { ["t"] = name },
        };
        var id = (await client.Containers.CreateAsync(name, null, request, CancellationToken.None)).Id;
        try
        {
            var taken = await Assert.ThrowsAsync<EngineException>(() =>
                client.Containers.CreateAsync(name, null, request, CancellationToken.None));
            Assert.Equal("NameInUse", taken.Info.Id);

            await client.Containers.StartAsync(id, CancellationToken.None);
            await client.Containers.StartAsync(id, CancellationToken.None);
            var listed = Assert.Single(
                await client.Containers.ListAsync(false, Filters.Label("t=" + name), CancellationToken.None));
            Assert.Equal(("running", "/" + name), (listed.State, listed.Names[0]));

            Assert.Equal("typed here", await ExecEcho.RunAsync(client, id, "typed here"));
            await client.Containers.StopAsync(id, 0, CancellationToken.None);
            Assert.Equal(137, (await client.Containers.InspectAsync(id, CancellationToken.None)).State.ExitCode);
        }
        finally
        {
            await client.Containers.RemoveAsync(id, volumes: true, CancellationToken.None);
        }

        var gone = await Assert.ThrowsAsync<EngineException>(() => client.Containers.InspectAsync(id, CancellationToken.None));
        Assert.Equal("ContainerNotFound", gone.Info.Id);
    }

    [EngineTheory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelling_an_event_stream_returns_at_once_and_the_client_lives_on(int kind)
    {
        using var client = await ConnectAsync(kind);
        using var stop = new CancellationTokenSource(300);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var told in client.System.EventsAsync(null, Filters.Label("compose.tests=none"), stop.Token))
                Assert.Fail(told.Action);
        });

        Assert.InRange(watch.ElapsedMilliseconds, 200, 30_000);
        await client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None);
    }

    [Fact]
    public async Task An_absent_socket_is_an_engine_that_does_not_run()
    {
        var endpoint = new EngineEndpoint(new Uri("unix:///nowhere/docker.sock"));

        var error = await Assert.ThrowsAsync<ComposeException>(() => EngineClient.ConnectAsync(endpoint, CancellationToken.None));

        Assert.Equal("EngineNotRunning", error.Info.Id);
        Assert.Contains("unix:///nowhere/docker.sock", error.Info.Message, StringComparison.Ordinal);
    }

    private static Task<EngineClient> ConnectAsync(int kind) =>
        EngineClient.ConnectAsync(new EngineEndpoint(new Uri(TestEngine.Host)), CancellationToken.None, (TransportKind)kind);
}
