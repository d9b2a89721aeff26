using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Compose.Engine.Transport;

/// <summary>Reads a stream of JSON values, one a line, however the bytes arrive.</summary>
internal static class JsonLines
{
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream stream, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[8 * 1024];
        var (start, end) = (0, 0);
        while (true)
        {
            int newline;
            while ((newline = Array.IndexOf(buffer, (byte)'\n', start, end - start)) >= 0)
            {
                if (Parse(buffer, start, newline, type) is { } value)
                    yield return value;
                start = newline + 1;
            }

            (buffer, start, end) = MakeRoom(buffer, start, end);
            var read = await stream.ReadAsync(buffer, end, buffer.Length - end, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            end += read;
        }

        if (Parse(buffer, start, end, type) is { } last)
            yield return last;
    }

    private static T? Parse<T>(byte[] buffer, int start, int end, JsonTypeInfo<T> type)
    {
        if (end > start && buffer[end - 1] == '\r')
            end--;
        var line = new ReadOnlySpan<byte>(buffer, start, end - start);
        return line.IsEmpty ? default : JsonSerializer.Deserialize(line, type);
    }

    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var kept = end - start;
        var target = kept == buffer.Length ? new byte[buffer.Length * 2] : buffer;
        Buffer.BlockCopy(buffer, start, target, 0, kept);
        return (target, 0, kept);
    }
}
