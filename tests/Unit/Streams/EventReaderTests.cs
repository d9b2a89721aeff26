using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Events;
using Compose.Tests.Engine.Api;

namespace Compose.Tests.Streams;

/// <summary>Events as the engine sends them and as users see them.</summary>
public class EventReaderTests
{
    private const string Started =
        """{"Type":"container","Action":"start","timeNano":1767873600123456700,"Actor":{"ID":"aa","Attributes":"""
            + """{"com.docker.compose.project":"p","com.docker.compose.service":"web","""
            + """ "com.docker.compose.container-number":"2","name":"p-web-2","image":"busybox"}}}""";

    private const string OneOff =
        """{"Type":"container","Action":"die","timeNano":1767873601000000000,"Actor":{"ID":"bb","Attributes":"""
            + """{"com.docker.compose.service":"web","com.docker.compose.oneoff":"True","name":"p-web-run-1","exitCode":"3"}}}""";

    private const string Healthy =
        """{"Type":"container","Action":"health_status: healthy","timeNano":1767873602000000000,"Actor":{"ID":"aa","""
            + """ "Attributes":{"name":"p-web-2","com.docker.compose.service":"web","""
            + """ "com.docker.compose.container-number":"2"}}}""";

    [Fact]
    public void An_event_says_what_happened_to_whom()
    {
        var read = EventMapping.Read(
            System.Text.Json.JsonSerializer.Deserialize(Started, EngineJson.Default.EngineEvent)!, "unix:///e");

        Assert.Equal(("p", "web", "p-web-2", 2), (read.ProjectName, read.Service, read.Container, read.Replica));
        Assert.Equal(new DateTime(2026, 1, 8, 12, 0, 0, DateTimeKind.Utc).AddTicks(1234567), read.Time);
        Assert.Equal(["image", "name"], read.Attributes.Keys.Order());
        Assert.Equal(1767873600123456700, UnixTime.Nano(read.Time));
    }

    [Fact]
    public async Task What_came_before_the_engine_went_is_told()
    {
        var sink = new Sink();
        var choice = new ContainerChoice { ProjectName = "p", Services = ["web"] };

        var lost = await Assert.ThrowsAsync<ComposeException>(() =>
            ReadAsync(new EventRequest { Choice = choice, Follow = true }, sink, chunked: false));

        Assert.Equal("EngineConnectionLost", lost.Info.Id);
        Assert.Equal(["start", "health_status"], sink.Events.Select(told => told.Action));
        Assert.Equal("healthy", sink.Events[1].Detail);
    }

    [Fact]
    public async Task A_stream_that_is_broken_off_is_an_error()
    {
        var sink = new Sink();

        var lost = await Assert.ThrowsAsync<ComposeException>(() =>
            ReadAsync(new EventRequest { Choice = new ContainerChoice { ProjectName = "p" } }, sink, chunked: true));

        Assert.Equal("EngineConnectionLost", lost.Info.Id);
        Assert.Equal(2, sink.Events.Count);
    }

    [Fact]
    public async Task A_one_off_is_told_of_when_it_is_named()
    {
        var sink = new Sink();

        await ReadAsync(
            new EventRequest { Choice = new ContainerChoice { ProjectName = "p", Containers = ["p-web-run-1"] } }, sink,
            chunked: false);

        Assert.Equal(3, Assert.Single(sink.Events).ExitCode);
        Assert.Equal(0, sink.Events[0].Replica);
    }

    /// <summary>An engine that sends three events and disconnects: at the end of the stream, or in the middle.</summary>
    private static async Task ReadAsync(EventRequest request, Sink sink, bool chunked)
    {
        var text = $"{Started}\n{OneOff}\n{Healthy}\n";
        var head = chunked
            ? $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{text.Length:x}\r\n{text}\r\n"
            : $"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{text}";
        using var fake = new FakeEngine([FakeEngine.Ping, head], [head]);
        using var engine = await EngineClient.ConnectAsync(fake.Endpoint, CancellationToken.None);
        await new EventReader(engine, sink)
            .ReadAsync(request, new DateTime(2026, 1, 9, 0, 0, 0, DateTimeKind.Utc), CancellationToken.None);
    }

    private sealed class Sink : IEventSink
    {
        public List<ComposeEngineEvent> Events { get; } = [];

        public void Emit(ComposeEvent composeEvent) => Events.Add((ComposeEngineEvent)((ResultEvent)composeEvent).Result);

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
