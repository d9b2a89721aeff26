using System.Text;
using Compose.Streams.Logs;

namespace Compose.Tests.Streams;

/// <summary>Logs as the engine sends them, split anywhere.</summary>
public class LogLineReaderTests
{
    private const string Time = "2024-05-01T12:00:00.123456789Z ";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(65536)]
    public async Task Frames_become_lines_of_their_stream(int bite)
    {
        var bytes = Frame(1, Time + "first ünit\n").Concat(Frame(2, Time + "bad\r\n")).Concat(Frame(1, Time + "\n")).ToArray();

        var lines = await ReadAsync(bytes, bite);

        Assert.Equal([("first ünit", false), ("bad", true), ("", false)], lines.Select(line => (line.Message, line.IsError)));
        Assert.Equal(new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc).AddTicks(1234567), lines[0].Timestamp);
    }

    [Fact]
    public async Task A_line_the_engine_split_is_whole_again_even_within_a_character()
    {
        var text = Encoding.UTF8.GetBytes("ü and more\n");
        var bytes = Frame(1, [.. Encoding.UTF8.GetBytes(Time), text[0]])
            .Concat(Frame(1, [.. Encoding.UTF8.GetBytes(Time), .. text.Skip(1)]))
            .ToArray();

        Assert.Equal("ü and more", Assert.Single(await ReadAsync(bytes, 5)).Message);
    }

    [Fact]
    public async Task What_has_no_end_when_the_log_ends_is_a_line_too()
    {
        var lines = await ReadAsync([.. Frame(1, Time + "cut"), .. Frame(2, Time + "off")], 7);

        Assert.Equal([("cut", false)], lines.Where(line => !line.IsError).Select(line => (line.Message, line.IsError)));
        Assert.Equal("off", lines.Single(line => line.IsError).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65536)]
    public async Task A_terminals_bytes_become_lines(int bite)
    {
        var bytes = Encoding.UTF8.GetBytes(Time + "one\r\n" + Time + "two\r\n" + Time + "no end");

        Assert.Equal(["one", "two", "no end"], (await ReadAsync(bytes, bite)).Select(line => line.Message));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(65536)]
    public async Task A_terminals_line_that_the_engine_split_is_whole_again(int bite)
    {
        var (full, rest) = (new string('x', 16384), new string('y', 100));
        // Each part has its own time; nothing else marks where it ends.
        var bytes = Encoding.UTF8.GetBytes(
            $"{Time}{full}{Time}{full}{Time}{rest}\r\n{Time}{full}{Time}\r\n{Time}short\r\n{Time}{full}");

        Assert.Equal([full + full + rest, full, "short", full], (await ReadAsync(bytes, bite)).Select(line => line.Message));
    }

    [Fact]
    public async Task A_carriage_return_within_a_split_line_is_kept_and_one_at_its_end_is_not()
    {
        var lines = await ReadAsync([.. Frame(1, Time + "10%\r"), .. Frame(1, Time + "20%\r"), .. Frame(1, Time + "\n")], 9);

        Assert.Equal("10%\r20%", Assert.Single(lines).Message);
    }

    [Theory]
    [InlineData(0x80, 0x00, "2147483648")]
    [InlineData(0xFF, 0xFF, "4294967295")]
    [InlineData(0x7F, 0xFF, "2147483647")]
    public async Task A_frame_longer_than_any_is_an_error_and_takes_no_memory(byte first, byte others, string length)
    {
        var before = GC.GetTotalMemory(false);

        var error = await Assert.ThrowsAsync<Compose.Errors.ComposeException>(
            () => ReadAsync([.. Frame(1, Time + "good\n"), 1, 0, 0, 0, first, others, others, others, 1, 2], 100));

        Assert.Equal(("EngineProtocolError", "web-1"), (error.Info.Id, error.Info.Target));
        Assert.Contains(length, error.Info.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalMemory(false) - before, long.MinValue, 500_000_000);
    }

    [Theory]
    [InlineData("9999-99-99T99:99:99.999999999Z x\n")]
    [InlineData("0000-00-00T00:00:00.000000000Z x\n")]
    [InlineData("aaaa-aa-aaTaa:aa:aa.aaaaaaaaaZ x\n")]
    public async Task A_time_that_is_none_does_not_end_the_log(string line) =>
        Assert.Equal(
            ["x", "y"], (await ReadAsync([.. Frame(1, line), .. Frame(1, Time + "y\n")], 100)).Select(read => read.Message));

    [Fact]
    public async Task Nothing_is_no_line() => Assert.Empty(await ReadAsync([], 1));

    private static byte[] Frame(byte stream, string text) => Frame(stream, Encoding.UTF8.GetBytes(text));

    private static byte[] Frame(byte stream, byte[] content) =>
    [
        stream, 0, 0, 0,
        (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length,
        .. content,
    ];

    private static async Task<List<LogLine>> ReadAsync(byte[] bytes, int bite)
    {
        var stream = new BitingStream(bytes, bite);
        using var reader = new LogLineReader(stream, "web-1");
        var lines = new List<LogLine>();
        while (await reader.NextAsync(CancellationToken.None) is { } line)
            lines.Add(line);
        return lines;
    }

    private sealed class BitingStream(byte[] data, int bite) : MemoryStream(data)
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, Math.Min(count, bite)));
    }
}
