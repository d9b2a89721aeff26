using System.Text;

namespace Compose.Streams.Frames;

/// <summary>A growing buffer of bytes.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public bool IsEmpty => _length == 0;

    public void Add(byte[] buffer, int offset, int count)
    {
        if (_bytes.Length < _length + count)
            Array.Resize(ref _bytes, Math.Max(_length + count, (int)Math.Min(_bytes.Length * 2L, 0x7FFFFFC7)));
        Buffer.BlockCopy(buffer, offset, _bytes, _length, count);
        _length += count;
    }

    public void Clear() => _length = 0;

    /// <summary>The bytes as UTF-8, without a final line end.</summary>
    public string Text()
    {
        var length = _length;
        if (length > 0 && _bytes[length - 1] == '\n')
            length--;
        if (length > 0 && _bytes[length - 1] == '\r')
            length--;
        return Encoding.UTF8.GetString(_bytes, 0, length);
    }

    public Stream OpenRead() => new MemoryStream(_bytes, 0, _length, writable: false);
}
