using Compose.Streams.Frames;

namespace Compose.Streams.Exec;

/// <summary>
/// Splits one stream's bytes into lines. A line is decoded as a whole, so a character may be split across chunks.
/// </summary>
internal sealed class OutputLines
{
    private readonly ByteBuffer _partial = new();

    /// <summary>The lines that these bytes complete.</summary>
    public IEnumerable<string> Add(byte[] buffer, int offset, int count)
    {
        var end = offset + count;
        while (Array.IndexOf(buffer, (byte)'\n', offset, end - offset) is >= 0 and var newline)
        {
            _partial.Add(buffer, offset, newline - offset);
            yield return Line();
            offset = newline + 1;
        }

        _partial.Add(buffer, offset, end - offset);
    }

    /// <summary>The text after the last line end, or null.</summary>
    public string? Rest() => _partial.IsEmpty ? null : Line();

    private string Line()
    {
        var line = _partial.Text();
        _partial.Clear();
        return line;
    }
}
