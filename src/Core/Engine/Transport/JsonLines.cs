using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Compose.Engine.Dto;
using Compose.Errors;

namespace Compose.Engine.Transport;

/// <summary>Reads a stream of JSON values, one per line.</summary>
internal static class JsonLines
{
    /// <summary>In bytes; far more than any engine sends in a line, so a longer line is an error.</summary>
    private const int MaxLineBytes = 64 * 1024 * 1024;

    /// <param name="stream">The stream.</param>
    /// <param name="type">The type of each line.</param>
    /// <param name="subject">The target of errors.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ComposeException">EngineProtocolError.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream stream, JsonTypeInfo<T> type, string subject, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var buffer = new byte[8 * 1024];
        var (start, end) = (0, 0);
        while (true)
        {
            int newline;
            while ((newline = Array.IndexOf(buffer, (byte)'\n', start, end - start)) >= 0)
            {
                if (Parse(buffer, start, newline, type, subject) is { } value)
                    yield return value;
                start = newline + 1;
            }

            if (end - start >= MaxLineBytes)
                throw EngineErrors.Protocol.Exception(
                    $"The engine's answer about '{subject}' has a line that does not end.", subject);
            (buffer, start, end) = MakeRoom(buffer, start, end);
            var read = await stream.ReadAsync(buffer, end, buffer.Length - end, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            end += read;
        }

        if (Parse(buffer, start, end, type, subject) is { } last)
            yield return last;
    }

    private static T? Parse<T>(byte[] buffer, int start, int end, JsonTypeInfo<T> type, string subject)
        where T : class
    {
        if (end > start && buffer[end - 1] == '\r')
            end--;
        var line = new ReadOnlySpan<byte>(buffer, start, end - start);
        return line.IsEmpty ? null : EngineAnswer.Read(line, type, subject);
    }

    private static (byte[] Buffer, int Start, int End) MakeRoom(byte[] buffer, int start, int end)
    {
        var kept = end - start;
        var target = kept == buffer.Length ? new byte[buffer.Length * 2] : buffer;
        Buffer.BlockCopy(buffer, start, target, 0, kept);
        return (target, 0, kept);
    }
}
