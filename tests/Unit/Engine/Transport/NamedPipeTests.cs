using System.Net.Sockets;
using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Transport;

/// <summary>The real engine behind a named pipe, as on Windows, and pipes without a server.</summary>
public class NamedPipeTests
{
    public static TheoryData<int> Kinds => [(int)TransportKind.Default, (int)TransportKind.Http1];

    [EngineTheory]
    [MemberData(nameof(Kinds))]
    public async Task An_engine_behind_a_pipe_answers_many_at_once(int kind)
    {
        using var proxy = new PipeProxy();
        using var client = await EngineClient.ConnectAsync(proxy.Endpoint, CancellationToken.None, (TransportKind)kind);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8)
                .Select(_ => client.Containers.ListAsync(true, Filters.Label("compose.tests=none"), CancellationToken.None)));

        Assert.Equal(8, answers.Length);
        Assert.True(client.IsLocal);
    }

    [EngineTheory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelling_a_silent_stream_returns_at_once(int kind)
    {
        using var proxy = new PipeProxy();
        using var client = await EngineClient.ConnectAsync(proxy.Endpoint, CancellationToken.None, (TransportKind)kind);
        using var stop = new CancellationTokenSource(300);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var told in client.System.EventsAsync(null, Filters.Label("compose.tests=none"), stop.Token))
                Assert.Fail(told.Action);
        });

        Assert.InRange(watch.ElapsedMilliseconds, 200, 30_000);
    }

    [Fact]
    public async Task A_pipe_that_is_not_there_is_an_engine_that_does_not_run_and_that_is_told_soon()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var error = await FailureAsync(new EngineDialer(new EngineEndpoint(new Uri("npipe:////./pipe/compose-nobody-serves"))));

        Assert.Equal("EngineNotRunning", error.Info.Id);
        Assert.Contains("Start-Service", error.Info.Advice, StringComparison.Ordinal);
        // A pipe that is only busy is waited for ten seconds.
        Assert.InRange(watch.ElapsedMilliseconds, 0, 8_000);
    }

    [Fact]
    public async Task Denied_access_is_told_with_who_may()
    {
        var endpoint = new EngineEndpoint(new Uri("npipe:////./pipe/docker_engine"));

        Assert.Equal(
            "EngineAccessDenied",
            (await FailureAsync(new EngineDialer(endpoint, new Failing(new UnauthorizedAccessException("denied"))))).Info.Id);
        Assert.Equal(
            "EngineAccessDenied",
            (await FailureAsync(
                new EngineDialer(endpoint, new Failing(new SocketException((int)SocketError.AccessDenied))))).Info.Id);
    }

    [Theory]
    [InlineData("npipe:////./pipe/docker_engine", true)]
    [InlineData("npipe:////server/pipe/docker_engine", false)]
    [InlineData("unix:///run/docker.sock", true)]
    [InlineData("tcp://localhost:2375", false)]
    public void A_pipe_of_another_machine_is_not_local(string host, bool local) =>
        Assert.Equal(local, new EngineEndpoint(EngineAddress.Parse(host)).IsLocal);

    private static Task<ComposeException> FailureAsync(EngineDialer dialer) =>
        Assert.ThrowsAnyAsync<ComposeException>(async () => (await dialer.DialAsync(CancellationToken.None)).Dispose());

    private sealed class Failing(Exception exception) : IDialer
    {
        public Task<Stream> DialAsync(CancellationToken cancellationToken) => Task.FromException<Stream>(exception);
    }
}
