using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams.Logs;
using Compose.Tests.Engine.Api;

namespace Compose.Tests.Streams;

/// <summary>An engine that stops while a log is read.</summary>
public class LogLossTests
{
    [Fact]
    public async Task Lines_before_the_engine_went_are_told_and_then_one_error()
    {
        const string Text = "2024-05-01T12:00:00.1Z first\n2024-05-01T12:00:00.2Z second\n2024-05-01T12:00:00.3Z thi";
        var broken = $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Text.Length:x}\r\n{Text}\r\n";
        using var fake = new FakeEngine([FakeEngine.Ping, broken], [broken]);
        using var engine = await EngineClient.ConnectAsync(fake.Endpoint, CancellationToken.None);
        var sink = new Sink();
        var container = new ComposeContainer
        {
            EngineHost = "e",
            ProjectName = "p",
            Service = "web",
            Container = "p-web-1",
            Replica = 1,
            Id = "aa",
        };
        var request = new LogRequest { Choice = new ContainerChoice { ProjectName = "p" } };

        var lost = await Assert.ThrowsAsync<ComposeException>(() =>
            new LogReader(engine, request, sink).ReadAsync([container], CancellationToken.None));

        Assert.Equal("EngineConnectionLost", lost.Info.Id);
        Assert.Equal(["first", "second"], sink.Lines);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n<html>hop</html>\n", "web page")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nhop", "web page")]
    [InlineData("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n", "redirect")]
    public async Task What_is_no_log_is_not_told_as_one(string answer, string words)
    {
        using var fake = new FakeEngine([FakeEngine.Ping, answer], [answer]);
        using var engine = await EngineClient.ConnectAsync(fake.Endpoint, CancellationToken.None);
        var sink = new Sink();
        var container = new ComposeContainer
        {
            EngineHost = "e",
            ProjectName = "p",
            Service = "web",
            Container = "p-web-1",
            Replica = 1,
            Id = "aa",
        };
        var request = new LogRequest { Choice = new ContainerChoice { ProjectName = "p" } };

        var error = await Assert.ThrowsAsync<ComposeException>(() =>
            new LogReader(engine, request, sink).ReadAsync([container], CancellationToken.None));

        Assert.Equal("EngineProtocolError", error.Info.Id);
        Assert.Contains(words, error.Info.Message, StringComparison.Ordinal);
        Assert.Empty(sink.Lines);
    }

    private sealed class Sink : IEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(ComposeEvent composeEvent) =>
            Lines.AddRange(((ResultsEvent)composeEvent).Results.Select(result => result.ToString()!));

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
