using System.Text;
using Compose.Errors;

namespace Compose.Module.Common.Pipeline;

/// <summary>Collects piped content for a file: bytes, streams, and, if asked for, lines of text.</summary>
internal sealed class CopyContent : IDisposable
{
    private readonly MemoryStream _octets = new();
    private bool _any;
    private bool _isBroken;

    /// <summary>Adds a piped object if it is content. Returns false for other objects, which are paths to copy.</summary>
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
            case string line when textIsContent:
                var text = Encoding.UTF8.GetBytes(line + "\n");
                _octets.Write(text, 0, text.Length);
                break;
            default:
                return false;
        }

        return _any = true;
    }

    /// <summary>Reads a stream to its end, which may take long, and closes it.</summary>
    /// <exception cref="ComposeException">CopyReadFailed. The content is incomplete and must not be used.</exception>
    public async Task TakeAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            using (stream)
                await stream.CopyToAsync(_octets, 80 * 1024, cancellationToken).ConfigureAwait(false);
            _any = true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or NotSupportedException)
        {
            _isBroken = true;
            throw CopyErrors.Unreadable.Exception($"The piped stream cannot be read: {exception.Message}", inner: exception);
        }
    }

    /// <summary>The content, or null if none was piped or it is incomplete.</summary>
    public byte[]? Octets() => _any && !_isBroken ? _octets.ToArray() : null;

    public void Dispose() => _octets.Dispose();
}
