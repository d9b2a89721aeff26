using System.Globalization;
using System.Text;

namespace Compose.Engine.Transport.Http1;

/// <summary>Writes a request: the head, then the body with its length or in chunks.</summary>
internal static class Http1Request
{
    public static async Task WriteAsync(
        Http1Connection connection, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.SelectMany(header =>
            header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value))).ToList();
        if (request.Content is not { } content)
        {
            if (request.Method == HttpMethod.Post || request.Method == HttpMethod.Put)
                headers.Add(new("Content-Length", "0"));
            await WriteHeadAsync(connection, request, headers, cancellationToken).ConfigureAwait(false);
            return;
        }

        var length = content.Headers.ContentLength;
        headers.AddRange(content.Headers
            .Where(header => header.Key is not "Content-Length")
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value))));
        headers.Add(length is { } known
            ? new("Content-Length", known.ToString(CultureInfo.InvariantCulture))
            : new("Transfer-Encoding", "chunked"));
        await WriteHeadAsync(connection, request, headers, cancellationToken).ConfigureAwait(false);
        if (length is not null)
            await content.CopyToAsync(connection.Stream).ConfigureAwait(false);
        else
            await WriteChunksAsync(connection.Stream, content, cancellationToken).ConfigureAwait(false);
    }

    private static Task WriteHeadAsync(
        Http1Connection connection, HttpRequestMessage request, List<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken) =>
        connection.WriteHeadAsync(
            request.Method.Method, request.RequestUri!.PathAndQuery, request.RequestUri.Host, headers, cancellationToken);

    private static async Task WriteChunksAsync(Stream stream, HttpContent content, CancellationToken cancellationToken)
    {
        var chunks = new ChunkedWriter(stream);
        await content.CopyToAsync(chunks).ConfigureAwait(false);
        var last = Encoding.ASCII.GetBytes("0\r\n\r\n");
        await stream.WriteAsync(last, 0, last.Length, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Frames each write as a chunk. Not disposed, since that would close the connection.</summary>
    private sealed class ChunkedWriter(Stream stream) : DelegatingStream(stream)
    {
        private readonly Stream _stream = stream;

        public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            if (count == 0)
                return;
            var size = Encoding.ASCII.GetBytes(count.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
            await _stream.WriteAsync(size, 0, size.Length, cancellationToken).ConfigureAwait(false);
            await _stream.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            await _stream.WriteAsync([(byte)'\r', (byte)'\n'], 0, 2, cancellationToken).ConfigureAwait(false);
        }

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("A body is written asynchronously.");
    }
}
