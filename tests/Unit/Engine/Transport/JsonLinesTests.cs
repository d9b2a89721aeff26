using System.Text;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Tests.Engine.Transport;

/// <summary>Streams of JSON lines in pieces of any size.</summary>
public class JsonLinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Every_line_is_read_once(int bite)
    {
        var lines = Enumerable.Range(0, 50)
            .Select(number => $"{{\"status\":\"ünit {number} {new string('x', number * 300)}\"}}");
        var text = string.Join("\r\n", lines);
        using var stream = new BitingStream(Encoding.UTF8.GetBytes(text), bite);
        var read = new List<string?>();

        await foreach (
            var message in JsonLines.ReadAsync(stream, EngineJson.Default.ProgressMessage, "x", CancellationToken.None))
            read.Add(message.Status);

        Assert.Equal(50, read.Count);
        Assert.StartsWith("ünit 49 xxx", read[49], StringComparison.Ordinal);
    }

    private sealed class BitingStream(byte[] data, int bite) : MemoryStream(data)
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, Math.Min(count, bite)));
    }
}
