using System.Text;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;

namespace Compose.Execute;

/// <summary>The last lines a container wrote, to explain its end.</summary>
internal static class LastLines
{
    private const int Count = 10;

    public static async Task<IReadOnlyList<string>> OfAsync(EngineClient engine, string id, bool tty, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await engine.Containers.LogsAsync(id, new LogQuery(false, null, null, "10"), cancellationToken).ConfigureAwait(false);
            using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            using var memory = new MemoryStream();
            await body.CopyToAsync(memory, 16 * 1024, cancellationToken).ConfigureAwait(false);
            return Lines(memory.ToArray(), tty);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new VerboseEvent($"The log cannot be read: {exception.Message}"));
            return [];
        }
    }

    /// <summary>Frames are stream, three zeros, a big-endian length, and the payload; each line begins with its time.</summary>
    private static IReadOnlyList<string> Lines(byte[] bytes, bool tty)
    {
        var text = new StringBuilder();
        if (tty)
        {
            text.Append(Encoding.UTF8.GetString(bytes));
        }
        else
        {
            for (var at = 0; at + 8 <= bytes.Length;)
            {
                var length = Math.Min((bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7], bytes.Length - at - 8);
                text.Append(Encoding.UTF8.GetString(bytes, at + 8, length));
                at += 8 + length;
            }
        }

        return
        [
            .. text.ToString().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0)
                .Select(line => line.Length > 30 && line[10] == 'T' && line.IndexOf(' ') is > 0 and var space ? line.Substring(space + 1) : line)
                .Reverse().Take(Count).Reverse(),
        ];
    }
}
