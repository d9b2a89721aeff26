using System.Globalization;

namespace Compose.Engine.Transport.Http1;

/// <summary>
/// A response body. Reading to its end returns the connection to the pool; disposing it earlier closes the connection. So does
/// cancelling a read, since .NET Framework cannot interrupt one otherwise.
/// </summary>
internal sealed class Http1Body : Stream
{
    private readonly Http1Connection _connection;
    private readonly Action<bool> _finished;
    private readonly bool _chunked;
    private long _left;
    private bool _ended;

    /// <param name="connection">The connection, after the response head has been read.</param>
    /// <param name="head">The response head, which determines the framing of the body.</param>
    /// <param name="hasBody">False for HEAD, 204 and 304.</param>
    /// <param name="finished">Called once; true when the connection can be reused.</param>
    public Http1Body(Http1Connection connection, Http1Head head, bool hasBody, Action<bool> finished)
    {
        (_connection, _finished, _chunked) = (connection, finished, head.IsChunked);
        _left = !hasBody ? 0 : _chunked ? 0 : head.ContentLength ?? long.MaxValue;
        if (!hasBody || (!_chunked && _left == 0))
            End(head.KeepsAlive);
        KeepsAlive = head.KeepsAlive && (_chunked || head.ContentLength is not null);
    }

    private bool KeepsAlive { get; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_ended || count == 0)
            return 0;
        using var registration = cancellationToken.Register(_connection.Dispose);
        try
        {
            if (_left == 0 && !await NextChunkAsync(cancellationToken).ConfigureAwait(false))
                return 0;
            var read = await _connection.ReadAsync(buffer, offset, (int)Math.Min(count, _left), cancellationToken)
                .ConfigureAwait(false);
            return read == 0 ? Truncated() : Advance(read);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            End(false);
            throw new OperationCanceledException(cancellationToken);
        }
        catch
        {
            End(false);
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The engine's answers are read asynchronously.");
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            End(false);
        base.Dispose(disposing);
    }

    private int Advance(int read)
    {
        if (_left != long.MaxValue)
            _left -= read;
        if (_left == 0 && !_chunked)
            End(KeepsAlive);
        return read;
    }

    /// <summary>Handles a closed connection: the end of an unframed body, an error in a framed one.</summary>
    private int Truncated()
    {
        var lost = _left != long.MaxValue;
        End(false);
        return lost ? throw new EndOfStreamException("The connection ended within an answer.") : 0;
    }

    private async Task<bool> NextChunkAsync(CancellationToken cancellationToken)
    {
        var line = await _connection.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (line.Length == 0)
            line = await _connection.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var size = line.Split(';')[0].Trim();
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0)
            throw new NoHttpException("It sent a chunk without a size.");
        if (_left > 0)
            return true;
        while ((await _connection.ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
            continue;
        End(KeepsAlive);
        return false;
    }

    private void End(bool reusable)
    {
        if (_ended)
            return;
        _ended = true;
        _finished(reusable);
    }
}
