using System.Net;
using Compose.Images.Tar;

namespace Compose.Execute.Copy;

/// <summary>A tar archive as a request body, written while it is sent.</summary>
internal sealed class TarContent : HttpContent
{
    private readonly Func<TarWriter, Task> _write;
    private readonly CancellationToken _cancellationToken;

    /// <param name="write">Writes the entries; this class writes the end of the archive.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public TarContent(Func<TarWriter, Task> write, CancellationToken cancellationToken)
    {
        (_write, _cancellationToken) = (write, cancellationToken);
        Headers.ContentType = new("application/x-tar");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var tar = new TarWriter(stream);
        await _write(tar).ConfigureAwait(false);
        await tar.CompleteAsync(_cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
