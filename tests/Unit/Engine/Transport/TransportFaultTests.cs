using Compose.Engine.Api;
using Compose.Engine.Endpoint;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Errors;
using Compose.Tests.Engine.Api;

namespace Compose.Tests.Engine.Transport;

/// <summary>Both HTTP clients with malformed, interrupted or missing answers.</summary>
public class TransportFaultTests
{
    public static TheoryData<int> Kinds => [(int)TransportKind.Default, (int)TransportKind.Http1];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Chunks_of_any_size_make_one_answer(int kind)
    {
        using var engine = new FakeEngine(
            [
                FakeEngine.Ping,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\n[{\r\n9;x=y\r\n\"Id\":\"a\"}\r\n1\r\n]\r\n0\r\nTrailer: t\r\n\r\n",
            ]);
        using var client = await ConnectAsync(engine, kind);

        var containers = await client.Containers.ListAsync(true, null, CancellationToken.None);

        Assert.Equal("a", Assert.Single(containers).Id);
        Assert.Equal(1, engine.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_interim_answer_is_passed_over(int kind)
    {
        using var engine = new FakeEngine(
            [FakeEngine.Ping, "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"]);
        using var client = await ConnectAsync(engine, kind);

        Assert.Empty(await client.Containers.ListAsync(true, null, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_answer_that_ends_too_early_is_a_lost_connection(int kind)
    {
        using var engine = new FakeEngine([FakeEngine.Ping, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{\"Id\":"]);
        using var client = await ConnectAsync(engine, kind);

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            client.Containers.ListAsync(true, null, CancellationToken.None));

        Assert.Equal("EngineConnectionLost", error.Info.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_connection_that_died_in_the_pool_is_replaced(int kind)
    {
        using var engine = new FakeEngine([FakeEngine.Ping], ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"]);
        using var client = await ConnectAsync(engine, kind);
        await Task.Delay(50);

        Assert.Empty(await client.Containers.ListAsync(true, null, CancellationToken.None));
        Assert.Equal(2, engine.Accepted);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_no_engine_is_told_so(int kind)
    {
        using var engine = new FakeEngine(["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"]);

        var error = await Assert.ThrowsAsync<ComposeException>(() => ConnectAsync(engine, kind));

        Assert.Equal("EngineProtocolError", error.Info.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_takes_a_connection_and_says_nothing_is_not_waited_for_forever(int kind)
    {
        using var engine = new FakeEngine([FakeEngine.Silence, FakeEngine.Silence]);

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            EngineClient.ConnectAsync(
                engine.Endpoint with { Timeout = TimeSpan.FromMilliseconds(300) }, CancellationToken.None, (TransportKind)kind));

        Assert.Equal("EngineNoAnswer", error.Info.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_speaks_no_http_is_no_engine_that_went(int kind)
    {
        using var engine = new FakeEngine([.. Enumerable.Repeat(new[] { "Welcome to server, mind the step\r\n\r\n" }, 4)]);

        Assert.Equal(
            "EngineProtocolError", (await Assert.ThrowsAsync<ComposeException>(() => ConnectAsync(engine, kind))).Info.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_web_page_is_no_engines_answer_and_is_not_shown(int kind)
    {
        using var engine = new FakeEngine(["HTTP/1.1 502 Bad Gateway\r\nContent-Length: 17\r\n\r\n<html>hop</html>\n"]);

        var error = await Assert.ThrowsAnyAsync<ComposeException>(() => ConnectAsync(engine, kind));

        Assert.Equal("EngineProtocolError", error.Info.Id);
        Assert.Contains("502", error.Info.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("<html>", error.Info.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_web_page_is_no_engines_answer_where_nothing_of_it_is_read(int kind)
    {
        using var engine = new FakeEngine([FakeEngine.Ping, "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n<html>hop</html>\n"]);
        using var client = await ConnectAsync(engine, kind);

        var error = await Assert.ThrowsAsync<ComposeException>(() => client.Containers.StartAsync("x", CancellationToken.None));

        Assert.Equal(("EngineProtocolError", "x"), (error.Info.Id, error.Info.Target));
        Assert.Contains("web page", error.Info.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_redirect_is_no_engine(int kind)
    {
        using var engine = new FakeEngine(
            ["HTTP/1.1 301 Moved\r\nLocation: https://sso.example/login\r\nContent-Length: 0\r\n\r\n"]);

        var error = await Assert.ThrowsAnyAsync<ComposeException>(() => ConnectAsync(engine, kind));

        Assert.Equal("EngineProtocolError", error.Info.Id);
        Assert.Equal(
            "A redirect came back, not an engine's answer: status 301, to 'https://sso.example/login'.", error.Info.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_ping_that_is_cut_is_a_lost_connection(int kind)
    {
        using var engine = new FakeEngine([FakeEngine.Ping.Replace("Length: 2", "Length: 20", StringComparison.Ordinal)]);

        var error = await Assert.ThrowsAsync<ComposeException>(() => ConnectAsync(engine, kind));

        Assert.Equal(("EngineConnectionLost", engine.Endpoint.Host), (error.Info.Id, error.Info.Target));
    }

    [Fact]
    public async Task What_comes_after_an_answer_is_not_taken_for_the_next_one()
    {
        var lie = System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]<html>\r\n\r\n");
        using var engine = new WrongEngine { Answer = new WrongAnswer("a length that is a lie", lie) };
        engine.ValidAnswers["/info"] = "{\"SystemTime\":\"2026-01-01T00:00:00Z\"}";
        using var client = await EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None, TransportKind.Http1);

        Assert.Empty(await client.Containers.ListAsync(true, null, CancellationToken.None));
        Assert.Equal(2026, (await client.System.TimeAsync(CancellationToken.None)).Year);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Why_a_connection_was_lost_is_told_and_not_that_a_request_failed(int kind)
    {
        // Several connections, since .NET's client retries.
        using var engine = new FakeEngine([.. Enumerable.Repeat(Array.Empty<string>(), 9)]);

        var error = await Assert.ThrowsAsync<ComposeException>(() => ConnectAsync(engine, kind));

        Assert.Equal("EngineConnectionLost", error.Info.Id);
        Assert.DoesNotContain("An error occurred", error.Info.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_named_and_a_slash_too_few_is_guessed()
    {
        var missing = await Assert.ThrowsAsync<ComposeException>(() =>
            EngineClient.ConnectAsync(new EngineEndpoint(new Uri("unix:///no/such.sock")), CancellationToken.None));
        var relative = await Assert.ThrowsAsync<ComposeException>(() =>
            EngineClient.ConnectAsync(new EngineEndpoint(new Uri("unix://no/such.sock")), CancellationToken.None));

        Assert.Equal("EngineNotRunning", missing.Info.Id);
        Assert.Contains("no socket '/no/such.sock'", missing.Info.Message, StringComparison.Ordinal);
        Assert.Contains("unix:///no/such.sock", relative.Info.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_engine_that_is_too_old_is_told_so(int kind)
    {
        using var engine = new FakeEngine(["HTTP/1.1 200 OK\r\nApi-Version: 1.24\r\nContent-Length: 0\r\n\r\n"]);

        var error = await Assert.ThrowsAsync<ComposeException>(() => ConnectAsync(engine, kind));

        Assert.Equal("EngineTooOld", error.Info.Id);
    }

    [Theory]
    [InlineData("1.99", null)]
    [InlineData("1.24", null)]
    [InlineData("new", null)]
    [InlineData("1.42", "1.42")]
    [InlineData("v1.42", "1.42")]
    [InlineData(null, "1.45")]
    public async Task A_version_asked_for_is_spoken_or_refused(string? asked, string? spoken)
    {
        using var engine = new FakeEngine([FakeEngine.Ping]);
        var connecting = EngineClient.ConnectAsync(engine.Endpoint with { ApiVersion = asked }, CancellationToken.None);
        if (spoken is null)
        {
            Assert.Equal("InvalidApiVersion", (await Assert.ThrowsAsync<ComposeException>(() => connecting)).Info.Id);
            return;
        }

        using var client = await connecting;

        Assert.Equal(spoken, client.ApiVersion.ToString());
    }

    [Theory]
    [InlineData("linux", "2", true)]
    [InlineData("linux", "1", false)]
    [InlineData("windows", "2", false)]
    public async Task Windows_containers_are_built_by_the_classic_builder(string system, string builder, bool buildKit)
    {
        using var engine = new FakeEngine(
            [
                $"HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nOSType: {system}\r\n"
                    + $"Builder-Version: {builder}\r\nContent-Length: 0\r\n\r\n",
            ]);
        using var client = await ConnectAsync(engine, (int)TransportKind.Http1);

        Assert.Equal((system, buildKit), (client.OSType, client.HasBuildKit));
    }

    [Theory]
    [InlineData(404, "No such container: x", "ContainerNotFound")]
    [InlineData(404, "network x not found", "NetworkNotFound")]
    [InlineData(409, "Conflict. The container name \"/x\" is already in use by container \"y\".", "NameInUse")]
    [InlineData(500,
        "driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:80 failed: port is already allocated",
        "PortInUse")]
    [InlineData(500, "Error starting userland proxy: listen tcp4 0.0.0.0:80: bind: address already in use", "PortInUse")]
    [InlineData(500, "failed to bind host port 0.0.0.0:80/tcp: address already in use", "PortInUse")]
    [InlineData(500, "failed to bind host port for 192.0.2.1:80:172.17.0.2:80/tcp: cannot assign requested address",
        "EngineRefused")]
    [InlineData(500, "write /x: no space left on device", "EngineNoSpace")]
    [InlineData(400, "invalid volume specification", "EngineBadRequest")]
    [InlineData(500, "something else", "EngineRefused")]
    public async Task A_refusal_has_an_id_by_its_cause_and_the_daemons_words(int status, string message, string id)
    {
        var body = $"{{\"message\":\"{message.Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}\n";
        using var engine = new FakeEngine(
            [FakeEngine.Ping, $"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\n\r\n{body}"]);
        using var client = await ConnectAsync(engine, (int)TransportKind.Http1);

        var error = await Assert.ThrowsAsync<EngineException>(() => client.Containers.StartAsync("x", CancellationToken.None));

        Assert.Equal((status, id, message), (error.Status, error.Info.Id, error.Info.Message));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cancelling_a_silent_stream_returns_at_once(int kind)
    {
        using var engine = new FakeEngine(
            [FakeEngine.Ping, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", FakeEngine.Silence]);
        using var client = await ConnectAsync(engine, kind);
        using var stop = new CancellationTokenSource(200);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var told in client.System.EventsAsync(null, null, stop.Token))
                Assert.Fail(told.Action);
        });

        Assert.InRange(watch.ElapsedMilliseconds, 100, 30_000);
    }

    private static Task<EngineClient> ConnectAsync(FakeEngine engine, int kind) =>
        EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None, (TransportKind)kind);
}
