using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Images.Registry;
using Compose.Tests.Support;

namespace Compose.Tests.Engine.Api;

/// <summary>Messages in an engine's errors are untrusted text, often a registry's.</summary>
public sealed class EngineTextTests : IEventSink
{
    private const int Longest = 64 * 1024;

    [Theory]
    [InlineData("plain\ttext,\nof two lines: ü", "plain\ttext,\nof two lines: ü")]
    [InlineData("\u001b]0;owned\u0007\u001b[31mred", "\\u001b]0;owned\\u0007\\u001b[31mred")]
    [InlineData("a\r\nb\rc\u009bd\u007f", "a\nb\\u000dc\\u009bd\\u007f")]
    [InlineData("exe\u202etxt.exe", "exe\\u202etxt.exe")]
    public void What_a_terminal_would_act_on_is_spelled_out(string said, string shown) =>
        Assert.Equal(shown, EngineText.Sanitize(said));

    [Theory]
    [InlineData(500)]
    [InlineData(200)]
    public async Task A_registrys_text_without_end_is_cut_and_cleaned(int status)
    {
        var said = "denied \\u001b[2J" + new string('x', 100_000);
        var body = status == 200 ? $"{{\"status\":\"Pulling\"}}\n{{\"error\":\"{said}\"}}\n" : $"{{\"message\":\"{said}\"}}";
        using var engine = new FakeEngine(
            [FakeEngine.Ping, $"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\n\r\n{body}"]);
        using var client = await EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None);

        var error = await Assert.ThrowsAnyAsync<ComposeException>(() =>
            ImagePuller.PullAsync(client, "some/image", null, null, this, CancellationToken.None));

        Assert.Equal("ImagePullFailed", error.Info.Id);
        Assert.InRange(error.Info.Message.Length, 1000, Longest + 200);
        Assert.Contains("denied \\u001b[2J", error.Info.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Info.Message, char.IsControl);
    }

    [UnixFact(UnixFactAttribute.Stalls)]
    public async Task A_refusal_that_does_not_end_is_read_as_far_as_it_is_shown()
    {
        // The connection stays open, so reading on would never return.
        using var engine = new FakeEngine(
            [
                FakeEngine.Ping,
                "HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n50000\r\n" + new string('x', 0x50000) + "\r\n",
                FakeEngine.Silence,
            ]);
        using var client = await EngineClient.ConnectAsync(engine.Endpoint, CancellationToken.None);

        var starting = client.Containers.StartAsync("x", CancellationToken.None);
        var error = await Assert.ThrowsAsync<EngineException>(() => starting.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.InRange(error.Info.Message.Length, Longest, Longest + 200);
    }

    void IEventSink.Emit(ComposeEvent composeEvent)
    {
    }

    ValueTask IEventSink.EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;
}
