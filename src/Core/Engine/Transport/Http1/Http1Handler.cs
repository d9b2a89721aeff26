using System.Collections.Concurrent;
using System.Net;

namespace Compose.Engine.Transport.Http1;

/// <summary>
/// HTTP/1.1 with pooled connections over any dialer. .NET Framework's own handlers cannot use pipes or unix sockets. Compiled for
/// both frameworks so that tests run everywhere.
/// </summary>
internal sealed class Http1Handler(IDialer dialer) : HttpMessageHandler
{
    private readonly ConcurrentStack<Http1Connection> _idle = new();
    private volatile bool _disposed;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_idle.TryPop(out var pooled))
        {
            try
            {
                return await ExchangeAsync(pooled, request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsStale(exception, pooled, request) && !cancellationToken.IsCancellationRequested)
            {
                // The engine had closed the idle connection, so it has not processed the request.
                pooled.Dispose();
            }
        }

        var fresh = new Http1Connection(await dialer.DialAsync(cancellationToken).ConfigureAwait(false));
        return await ExchangeAsync(fresh, request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        while (_idle.TryPop(out var connection))
            connection.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> ExchangeAsync(
        Http1Connection connection, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(connection.Dispose);
        try
        {
            await Http1Request.WriteAsync(connection, request, cancellationToken).ConfigureAwait(false);
            var head = await connection.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            return Response(connection, request, head);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private HttpResponseMessage Response(Http1Connection connection, HttpRequestMessage request, Http1Head head)
    {
        var hasBody = request.Method != HttpMethod.Head && head.Status is not (204 or 304);
        var content = new StreamContent(new Http1Body(connection, head, hasBody, reusable => Release(connection, reusable)));
        var response = new HttpResponseMessage((HttpStatusCode)head.Status)
        {
            RequestMessage = request,
            ReasonPhrase = head.Reason,
            Content = content,
        };
        foreach (var header in head.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(header.Key, header.Value))
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return response;
    }

    private void Release(Http1Connection connection, bool reusable)
    {
        if (reusable && !connection.HasUnreadData && !_disposed)
            _idle.Push(connection);
        else
            connection.Dispose();
    }

    private static bool IsStale(Exception exception, Http1Connection connection, HttpRequestMessage request) =>
        exception is IOException or ObjectDisposedException
            && !connection.HasResponse
            && request.Content is null or ByteArrayContent;
}
