using System.Text;

namespace Compose.Module.Common;

/// <summary>Collects piped content of a file: octets, streams, and lines of text where they are asked for.</summary>
internal sealed class CopyContent : IDisposable
{
    private readonly MemoryStream _octets = new();
    private bool _any;

    /// <summary>Whether a piped object is content; anything else names what to copy.</summary>
    public bool Take(object piped, bool textIsContent)
    {
        switch (piped)
        {
            case byte octet:
                _octets.WriteByte(octet);
                break;
            case byte[] octets:
                _octets.Write(octets, 0, octets.Length);
                break;
            case Stream stream:
                stream.CopyTo(_octets);
                break;
            case string line when textIsContent:
                var text = Encoding.UTF8.GetBytes(line + "\n");
                _octets.Write(text, 0, text.Length);
                break;
            default:
                return false;
        }

        return _any = true;
    }

    /// <summary>All of it, or null where none was piped.</summary>
    public byte[]? Octets() => _any ? _octets.ToArray() : null;

    public void Dispose() => _octets.Dispose();
}
