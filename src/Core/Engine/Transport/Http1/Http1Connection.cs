using System.Globalization;
using System.Text;

namespace Compose.Engine.Transport.Http1;

/// <summary>An HTTP/1.1 connection: writes request heads, reads response heads, and buffers data read ahead.</summary>
internal sealed class Http1Connection(Stream stream) : IDisposable
{
    private const int MaxHeadBytes = 64 * 1024;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public Stream Stream => stream;

    /// <summary>Whether the buffer holds unread data; after the end of an answer, that is data no request asked for.</summary>
    public bool HasUnreadData => _start < _end;

    /// <summary>Whether any byte of the answer to the current request has arrived.</summary>
    public bool HasResponse { get; private set; }

    public async Task WriteHeadAsync(
        string method, string target, string host, IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
    {
        HasResponse = false;
        var head = new StringBuilder(256)
            .Append(method)
            .Append(' ')
            .Append(target)
            .Append(" HTTP/1.1\r\nHost: ")
            .Append(host)
            .Append("\r\n");
        foreach (var header in headers)
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        var octets = Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
        await stream.WriteAsync(octets, 0, octets.Length, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a final response head; skips interim answers (1xx except 101).</summary>
    public async Task<Http1Head> ReadHeadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await ReadOneHeadAsync(cancellationToken).ConfigureAwait(false);
            if (head.Status is 101 or >= 200)
                return head;
        }
    }

    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder(80);
        while (true)
        {
            for (; _start < _end; _start++)
            {
                var octet = _buffer[_start];
                if (octet == '\n')
                {
                    _start++;
                    if (line.Length > 0 && line[line.Length - 1] == '\r')
                        line.Length--;
                    return line.ToString();
                }

                line.Append((char)octet);
            }

            if (line.Length > MaxHeadBytes)
                throw new NoHttpException("It sent a line that does not end.");
            if (await FillAsync(cancellationToken).ConfigureAwait(false) == 0)
                throw new EndOfStreamException("The connection ended within a line.");
        }
    }

    /// <summary>Reads from the buffer first, then from the connection; returns 0 at its end.</summary>
    public async Task<int> ReadAsync(byte[] target, int offset, int count, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            if (count >= _buffer.Length)
                return await stream.ReadAsync(target, offset, count, cancellationToken).ConfigureAwait(false);
            if (await FillAsync(cancellationToken).ConfigureAwait(false) == 0)
                return 0;
        }

        var taken = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_buffer, _start, target, offset, taken);
        _start += taken;
        return taken;
    }

    public void Dispose() => stream.Dispose();

    private async Task<Http1Head> ReadOneHeadAsync(CancellationToken cancellationToken)
    {
        var statusLine = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var parts = statusLine.Split([' '], 3);
        if (parts.Length < 2 || !parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || status is < 100 or > 999)
            throw new NoHttpException("It does not speak HTTP.");

        var headers = new List<KeyValuePair<string, string>>();
        var size = statusLine.Length;
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length == 0)
            {
                var reason = parts.Length > 2 ? parts[2].Replace('\r', ' ') : "";
                return new Http1Head(status, reason, parts[0] == "HTTP/1.0", headers);
            }

            if ((size += line.Length) > MaxHeadBytes)
                throw new NoHttpException("It sent a head of more than 64 KiB.");
            var colon = line.IndexOf(':');
            if (colon > 0)
                headers.Add(new(line.Substring(0, colon).Trim(), line.Substring(colon + 1).Trim()));
        }
    }

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, 0, _buffer.Length, cancellationToken).ConfigureAwait(false);
        HasResponse |= _end > 0;
        return _end;
    }
}
