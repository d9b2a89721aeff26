using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport.Http1;
#if NET
using Compose.Engine.Transport.Sockets;
#endif
using Compose.Errors;

namespace Compose.Engine.Transport;

/// <summary>The HTTP client implementation.</summary>
internal enum TransportKind
{
    /// <summary>SocketsHttpHandler on .NET, <see cref="Http1Handler"/> on .NET Framework.</summary>
    Default,

    /// <summary><see cref="Http1Handler"/>.</summary>
    Http1,
}

/// <summary>Sends requests to one engine over pooled connections.</summary>
internal sealed class EngineTransport : IDisposable
{
    private readonly EngineEndpoint _endpoint;
    private readonly EngineDialer _dialer;
    private readonly HttpClient _client;
    private readonly HttpMessageInvoker _invoker;
    private readonly HttpClient _longAnswers;

    public EngineTransport(EngineEndpoint endpoint, TransportKind kind = TransportKind.Default)
    {
        _endpoint = endpoint;
        _dialer = new EngineDialer(endpoint);
        var handler = Handler(kind);
        _client = Client(handler);
        _invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        _longAnswers = _client;
#if NET
        if (kind == TransportKind.Default && endpoint.Uri.Scheme == "unix")
            _longAnswers = Client(
                Handler(new EngineDialer(endpoint, UnixDialer.Parse(endpoint.Uri, gathers: true)), TimeSpan.Zero));
#endif
    }

    public EngineEndpoint Endpoint => _endpoint;

    public int Dials => _dialer.Dials;

    /// <summary>Sends a request and returns after the answer's head; does not check the status.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string target, HttpContent? content, KeyValuePair<string, string>? header,
        CancellationToken cancellationToken) =>
        SendAsync(_client, method, target, content, header, cancellationToken);

    /// <summary>
    /// Requests a long answer that is read to its end at once; uses a separate connection where that is faster.
    /// </summary>
    public Task<HttpResponseMessage> GetLongAsync(string target, CancellationToken cancellationToken) =>
        SendAsync(_longAnswers, HttpMethod.Get, target, null, null, cancellationToken);

    /// <summary>Sends a request of Docker.DotNet over the same connections.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        AnswerAsync(() => _invoker.SendAsync(request, cancellationToken), cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string target, HttpContent? content, KeyValuePair<string, string>? header,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri("http://docker" + target)) { Content = content };
        if (header is { } extra)
            request.Headers.TryAddWithoutValidation(extra.Key, extra.Value);
        return await AnswerAsync(
            () => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> AnswerAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            Rethrow(exception.InnerException);
            throw Lost(exception);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException
            && !cancellationToken.IsCancellationRequested)
        {
            throw Lost(exception);
        }
    }

    /// <summary>Sends a POST request with an upgrade to a raw stream, over a new connection.</summary>
    public async Task<(Http1Head Head, Http1Connection Connection)> UpgradeAsync(
        string target, byte[] body, CancellationToken cancellationToken)
    {
        var connection = new Http1Connection(await _dialer.DialAsync(cancellationToken).ConfigureAwait(false));
        using var registration = cancellationToken.Register(connection.Dispose);
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
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is IOException or ObjectDisposedException)
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

    /// <summary>The error for a broken answer: the connection was lost, or the server does not speak HTTP.</summary>
    public ComposeException Lost(Exception exception) => IsNoHttp(exception)
        ? EngineErrors.Protocol.Exception(
            $"What answers at {_endpoint.Host} is no engine: {Innermost(exception).Message}", _endpoint.Host, inner: exception)
        : EngineErrors.ConnectionLost.Exception(
            $"The connection to the engine at {_endpoint.Host} was lost: {Innermost(exception).Message}", _endpoint.Host,
                inner: exception);

    private static bool IsNoHttp(Exception exception)
    {
#if NET
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse })
            return true;
#endif
        return exception is NoHttpException;
    }

    /// <summary>The exception with the cause; .NET's outer exceptions say only that a request failed.</summary>
    private static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner ? Innermost(inner) : exception;

    public void Dispose()
    {
        _invoker.Dispose();
        _client.Dispose();
        _longAnswers.Dispose();
    }

    private static HttpClient Client(HttpMessageHandler handler) =>
        new(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };

    private HttpMessageHandler Handler(TransportKind kind)
    {
#if NET
        if (kind == TransportKind.Default)
            return Handler(_dialer, Timeout.InfiniteTimeSpan);
#endif
        _ = kind;
        return new Http1Handler(_dialer);
    }

#if NET
    private static SocketsHttpHandler Handler(EngineDialer dialer, TimeSpan lifetime) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        // Long enough for a busy engine, which always answers before the body: with 100 Continue or with an error.
        Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        PooledConnectionLifetime = lifetime,
        ConnectCallback = async (_, cancellationToken) => await dialer.DialAsync(cancellationToken).ConfigureAwait(false),
    };
#endif

    /// <summary>Throws the error of our dialer that .NET has wrapped, if there is one.</summary>
    private static void Rethrow(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is ComposeException)
                ExceptionDispatchInfo.Capture(cause).Throw();
        }
    }
}
