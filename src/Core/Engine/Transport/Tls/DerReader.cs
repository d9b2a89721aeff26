namespace Compose.Engine.Transport.Tls;

/// <summary>Reads the subset of DER (ITU-T X.690) that keys and certificate names use.</summary>
internal sealed class DerReader(byte[] data, int start, int end)
{
    public const int Integer =
        0x02, BitString = 0x03, OctetString = 0x04, ObjectIdentifier = 0x06, Sequence = 0x30, Context0 = 0xA0, Context1 = 0xA1;
    private int _at = start;

    public DerReader(byte[] data) : this(data, 0, data.Length)
    {
    }

    /// <summary>The tag of the next value, or -1 at the end.</summary>
    public int Next => _at < end ? data[_at] : -1;

    /// <summary>Reads the next value, which must have the tag, and returns a reader for its contents.</summary>
    public DerReader Enter(int tag)
    {
        var (from, to) = Span(tag);
        return new DerReader(data, from, to);
    }

    public byte[] Bytes(int tag)
    {
        var (from, to) = Span(tag);
        return Copy(from, to);
    }

    /// <summary>Reads an unsigned integer: big-endian, without leading zeros.</summary>
    public byte[] Unsigned()
    {
        var (from, to) = Span(Integer);
        while (from < to - 1 && data[from] == 0)
            from++;
        return Copy(from, to);
    }

    /// <summary>Reads an object identifier as dotted text: 1.2.840.113549.1.1.1.</summary>
    public string Identifier()
    {
        var octets = Bytes(ObjectIdentifier);
        var parts = new List<long>();
        long value = 0;
        foreach (var octet in octets)
        {
            value = checked((value << 7) | (octet & 0x7FL));
            if ((octet & 0x80) != 0)
                continue;
            if (parts.Count == 0)
            {
                var first = Math.Min(value / 40, 2);
                parts.Add(first);
                value -= first * 40;
            }

            parts.Add(value);
            value = 0;
        }

        return string.Join(".", parts);
    }

    private (int From, int To) Span(int tag)
    {
        if (_at + 2 > end || data[_at] != tag)
            throw new FormatException("Its structure is not what its label says.");
        int length = data[_at + 1];
        var from = _at + 2;
        if (length >= 0x80)
        {
            var octets = length & 0x7F;
            if (octets is 0 or > 3 || from + octets > end)
                throw new FormatException("It has a value of an impossible length.");
            length = 0;
            for (var index = 0; index < octets; index++)
                length = (length << 8) | data[from++];
        }

        if (length > end - from)
            throw new FormatException("It ends too early.");
        _at = from + length;
        return (from, _at);
    }

    private byte[] Copy(int from, int to)
    {
        var copy = new byte[to - from];
        Buffer.BlockCopy(data, from, copy, 0, copy.Length);
        return copy;
    }
}
