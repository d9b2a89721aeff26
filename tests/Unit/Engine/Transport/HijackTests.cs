using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Tests.Engine.Api;

namespace Compose.Tests.Engine.Transport;

/// <summary>Which answers turn the connection into a raw stream, and which are ordinary answers.</summary>
public class HijackTests
{
    [Theory]
    [InlineData("101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp")]
    [InlineData("101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp")]
    [InlineData("200 OK\r\nContent-Type: application/vnd.docker.raw-stream")]
    [InlineData("200 OK\r\nContent-Type: application/vnd.docker.multiplexed-stream")]
    public async Task An_upgrade_or_the_type_of_a_raw_stream_is_one(string head)
    {
        using var engine = new FakeEngine([FakeEngine.Ping], [$"HTTP/1.1 {head}\r\n\r\nhello"]);
        using var client = await EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None);
        using var stream = await client.Containers.StartExecAsync("x", true, CancellationToken.None);
        var buffer = new byte[5];
        var read = 0;
        while (read < buffer.Length
            && await stream.ReadAsync(buffer, read, buffer.Length - read, CancellationToken.None) is > 0 and var more)
            read += more;

        Assert.Equal("hello", System.Text.Encoding.ASCII.GetString(buffer, 0, read));
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("200 OK\r\nContent-Type: application/json\r\nContent-Length: 2")]
    [InlineData("200 OK\r\nContent-Type: text/html")]
    [InlineData("204 No Content")]
    [InlineData("301 Moved\r\nLocation: /elsewhere")]
    public async Task Any_other_answer_that_is_no_refusal_is_none_and_is_not_waited_for(string head)
    {
        using var engine = new FakeEngine([FakeEngine.Ping], [$"HTTP/1.1 {head}\r\n\r\n", FakeEngine.Silence]);
        using var client = await EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None);

        var starting = client.Containers.StartExecAsync("x", false, CancellationToken.None);
        var error = await Assert.ThrowsAsync<ComposeException>(() => starting.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal("EngineProtocolError", error.Info.Id);
        Assert.Contains($"status {head.Substring(0, 3)}", error.Info.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_keeps_its_words()
    {
        const string Body = "{\"message\":\"No such exec instance: x\"}";
        using var engine = new FakeEngine(
            [FakeEngine.Ping], [$"HTTP/1.1 404 Not Found\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"]);
        using var client = await EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None);

        var error = await Assert.ThrowsAsync<EngineException>(() =>
            client.Containers.StartExecAsync("x", false, CancellationToken.None));

        Assert.Equal("No such exec instance: x", error.Info.Message);
    }
}
