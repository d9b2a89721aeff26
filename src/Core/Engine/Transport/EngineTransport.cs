using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport;

/// <summary>Which HTTP client carries the requests.</summary>
internal enum TransportKind
{
    /// <summary>The platform's on .NET, ours on .NET Framework.</summary>
    Default,

    /// <summary>Ours, <see cref="Http1Handler"/>.</summary>
    Http1,
}

/// <summary>Sends requests to one engine over pooled connections.</summary>
internal sealed class EngineTransport : IDisposable
{
    private readonly EngineEndpoint _endpoint;
    private readonly EngineDialer _dialer;
    private readonly HttpClient _client;

    public EngineTransport(EngineEndpoint endpoint, TransportKind kind = TransportKind.Default)
    {
        _endpoint = endpoint;
        _dialer = new EngineDialer(endpoint);
        _client = new HttpClient(Handler(kind), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public EngineEndpoint Endpoint => _endpoint;

    public int Dials => _dialer.Dials;

    /// <summary>Sends a request; the answer's body is read as it comes. Statuses are the caller's to judge.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string target, HttpContent? content, KeyValuePair<string, string>? header, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri("http://docker" + target)) { Content = content };
        if (header is { } extra)
            request.Headers.TryAddWithoutValidation(extra.Key, extra.Value);
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            Rethrow(exception.InnerException);
            throw Lost(exception);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(exception);
        }
    }

    /// <summary>Takes a connection over for raw traffic (POST with upgrade), on a dial of its own.</summary>
    public async Task<(Http1Head Head, Http1Connection Connection)> UpgradeAsync(string target, byte[] body, CancellationToken cancellationToken)
    {
        var connection = new Http1Connection(await _dialer.DialAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            KeyValuePair<string, string>[] headers =
            [
                new("Connection", "Upgrade"), new("Upgrade", "tcp"), new("Content-Type", "application/json"),
                new("Content-Length", body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ];
            await connection.WriteHeadAsync("POST", target, "docker", headers, cancellationToken).ConfigureAwait(false);
            await connection.Stream.WriteAsync(body, 0, body.Length, cancellationToken).ConfigureAwait(false);
            return (await connection.ReadHeadAsync(cancellationToken).ConfigureAwait(false), connection);
        }
        catch (Exception exception)
        {
            connection.Dispose();
            if (exception is IOException)
                throw Lost(exception);
            throw;
        }
    }

    public static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = Encoding.UTF8.WebName };
        return content;
    }

    public ComposeException Lost(Exception exception) =>
        EngineErrors.ConnectionLost.Exception($"The connection to the engine at {_endpoint.Host} was lost: {exception.Message}", _endpoint.Host, inner: exception);

    public void Dispose() => _client.Dispose();

    private HttpMessageHandler Handler(TransportKind kind)
    {
#if NET
        if (kind == TransportKind.Default)
        {
            return new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.None,
                // The engine always answers: it says go on, or what is wrong before it has the body.
                Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
                ConnectCallback = async (_, cancellationToken) => await _dialer.DialAsync(cancellationToken).ConfigureAwait(false),
            };
        }
#endif
        _ = kind;
        return new Http1Handler(_dialer);
    }

    /// <summary>The platform wraps what our dialer threw; the user wants the cause.</summary>
    private static void Rethrow(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is ComposeException)
                ExceptionDispatchInfo.Capture(cause).Throw();
        }
    }
}
