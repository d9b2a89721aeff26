using System.Text;
using Compose.Engine.Transport;
using Compose.Engine.Transport.Http1;
using Compose.Errors;
using Compose.Streams.Exec;
using Compose.Streams.Frames;

namespace Compose.Tests.Streams;

public class OutputReaderTests
{
    /// <summary>The streams are read whole and separate, however the connection splits them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100_000)]
    public async Task Frames_come_apart_by_stream(int piece)
    {
        var large = new string('x', 70_000);
        byte[] wire = [.. Frame(1, "out\n"), .. Frame(2, "err\n"), .. Frame(1, ""), .. Frame(1, large)];

        var (output, error) = await ReadAsync(wire, false, piece);

        Assert.Equal("out\n" + large, output);
        Assert.Equal("err\n", error);
    }

    [Fact]
    public async Task A_terminal_has_no_frames()
    {
        var (output, error) = await ReadAsync([1, 0, 0, 0, (byte)'a', (byte)'\r', (byte)'\n'], true, 2);

        Assert.Equal("\u0001\0\0\0a\r\n", output);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public async Task An_end_within_a_frame_is_a_lost_connection(int length)
    {
        var exception = await Assert.ThrowsAsync<ComposeException>(() => ReadAsync(Frame(1, "hello")[..length], false, 100));

        Assert.Equal(EngineErrors.ConnectionLost.Id, exception.Info.Id);
        Assert.Contains("web-1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_split_across_pieces_is_whole_in_its_line()
    {
        var bytes = Encoding.UTF8.GetBytes("grün 🐳\r\nnext");
        var lines = new OutputLines();

        var found = bytes.SelectMany(octet => lines.Add([octet], 0, 1)).ToList();

        Assert.Equal(["grün 🐳"], found);
        Assert.Equal("next", lines.Rest());
        Assert.Null(lines.Rest());
    }

    [Fact]
    public void Empty_lines_are_lines()
    {
        var bytes = Encoding.UTF8.GetBytes("\n\r\na\n");

        Assert.Equal(["", "", "a"], new OutputLines().Add(bytes, 0, bytes.Length));
    }

    private static byte[] Frame(byte stream, string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var length = payload.Length;
        return [stream, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. payload];
    }

    private static async Task<(string Output, string Error)> ReadAsync(byte[] wire, bool tty, int piece)
    {
        using var connection = new HijackedConnection(new Http1Connection(new PieceStream(wire, piece)));
        var reader = new OutputReader(connection, tty, "web-1");
        var (output, error) = (new StringBuilder(), new StringBuilder());
        while (await reader.ReadAsync(CancellationToken.None) is { } chunk)
            (chunk.IsError ? error : output).Append(Encoding.UTF8.GetString(chunk.Buffer, chunk.Offset, chunk.Count));
        return (output.ToString(), error.ToString());
    }

    /// <summary>Returns at most this many bytes for each read.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer, offset, Math.Min(count, piece), cancellationToken);
    }
}
