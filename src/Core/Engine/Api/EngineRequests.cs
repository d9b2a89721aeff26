using System.Text.Json.Serialization.Metadata;
using Compose.Engine.Dto;
using Compose.Engine.Transport;
using Compose.Engine.Transport.Http1;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>Sends typed requests under a path prefix (the negotiated API version) and checks the answers.</summary>
internal sealed class EngineRequests(EngineTransport transport, string prefix, TimeLimit timeLimit)
{
    private readonly AnswerReader _reader = new(transport);

    /// <summary>The factor by which <see cref="Lasting"/> extends the time limit.</summary>
    public const int LastingFactor = 10;

    public EngineTransport Transport => transport;

    /// <summary>The same requests with a longer limit: for deleting files, mounting volumes or querying a registry.</summary>
    public EngineRequests Lasting => new(transport, prefix, timeLimit.Times(LastingFactor));

    /// <summary>The same requests without a time limit.</summary>
    public EngineRequests Endless => new(transport, prefix, TimeLimit.Endless);

    /// <summary>The same requests with time to stop a container first; see <see cref="TimeLimit.After"/>.</summary>
    public EngineRequests After(int? grace, Func<CancellationToken, Task<int?>> ask) =>
        new(transport, prefix, timeLimit.After(grace, ask));

    /// <summary>Sends a request and reads a JSON answer. <paramref name="subject"/> becomes the target of errors.</summary>
    public Task<T> ReadAsync<T>(
        HttpMethod method, Query query, JsonTypeInfo<T> type, HttpContent? content, string subject,
        CancellationToken cancellationToken)
        where T : class =>
        ReadAsync(method, query, type, content, subject, null, cancellationToken);

    public Task<T> ReadAsync<T>(
        HttpMethod method, Query query, JsonTypeInfo<T> type, HttpContent? content, string subject,
        KeyValuePair<string, string>? header, CancellationToken cancellationToken)
        where T : class =>
        WithinLimitAsync(method, query, subject, async token =>
        {
            var response = await HeadAsync(method, query, content, subject, header, token).ConfigureAwait(false);
            return await ReadAsync(response, type, subject, token).ConfigureAwait(false);
        }, cancellationToken);

    /// <summary>Reads the JSON body of an answer whose head has been read, and disposes the response.</summary>
    public async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, string subject, CancellationToken cancellationToken)
        where T : class
    {
        using (response)
        {
            var answer = await _reader.ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
            return EngineAnswer.Read(answer, type, subject);
        }
    }

    public Task<T> GetAsync<T>(Query query, JsonTypeInfo<T> type, string subject, CancellationToken cancellationToken)
        where T : class => ReadAsync(HttpMethod.Get, query, type, null, subject, cancellationToken);

    /// <summary>Sends a request whose answer has no content. Status 304 (no change needed) counts as success.</summary>
    public Task DoAsync(
        HttpMethod method, Query query, HttpContent? content, string subject, CancellationToken cancellationToken) =>
        DoAsync(method, query, content, subject, null, cancellationToken);

    /// <summary>The same with an additional header.</summary>
    public Task DoAsync(
        HttpMethod method, Query query, HttpContent? content, string subject, KeyValuePair<string, string>? header,
        CancellationToken cancellationToken) =>
        WithinLimitAsync(method, query, subject, async token =>
        {
            using var response = await HeadAsync(method, query, content, subject, header, token).ConfigureAwait(false);
            // Read to the end, so the connection returns to the pool.
            var answer = await _reader.ReadAllAsync(response, token).ConfigureAwait(false);
            EngineAnswer.RefuseWebPage(answer, subject);
            return answer;
        }, cancellationToken);

    /// <summary>
    /// Sends a GET request whose answer is in its headers; reads the body so that the connection returns to the pool. The caller
    /// disposes the response.
    /// </summary>
    public async Task<HttpResponseMessage> AskAsync(Query query, string subject, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Get, query, null, subject, null, cancellationToken).ConfigureAwait(false);
        try
        {
            await _reader.ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sends a request and returns once the head of the answer has arrived; the time limit covers only that. The caller disposes
    /// the response.
    /// </summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Query query, HttpContent? content, string subject, KeyValuePair<string, string>? header,
        CancellationToken cancellationToken) =>
        WithinLimitAsync(
            method, query, subject, token => HeadAsync(method, query, content, subject, header, token), cancellationToken);

    private async Task<HttpResponseMessage> HeadAsync(
        HttpMethod method, Query query, HttpContent? content, string subject, KeyValuePair<string, string>? header,
        CancellationToken cancellationToken)
    {
        var response = await transport.SendAsync(method, prefix + query, content, header, cancellationToken)
            .ConfigureAwait(false);
        return await CheckAsync(response, subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Requests a long answer that is read to its end at once, without a time limit. The caller disposes the response.
    /// </summary>
    public async Task<HttpResponseMessage> GetLongAsync(Query query, string subject, CancellationToken cancellationToken)
    {
        var response = await transport.GetLongAsync(prefix + query, cancellationToken).ConfigureAwait(false);
        return await CheckAsync(response, subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body of an answer as a stream that throws only our errors and disposes the response with itself.</summary>
    public async Task<Stream> ContentAsync(HttpResponseMessage response) =>
        new EngineStream(response, await response.Content.ReadAsStreamAsync().ConfigureAwait(false), transport.Lost);

    private async Task<HttpResponseMessage> CheckAsync(
        HttpResponseMessage response, string subject, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.RefusalAsync(response, cancellationToken).ConfigureAwait(false) is { } refusal
                ? throw refusal(subject)
                : response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and yields the JSON lines of the answer as they arrive, without a time limit.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        HttpMethod method, Query query, JsonTypeInfo<T> type, HttpContent? content, string subject,
        KeyValuePair<string, string>? header,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var response = await HeadAsync(method, query, content, subject, header, cancellationToken).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var lines = JsonLines.ReadAsync(body, type, subject, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var disposal = lines.ConfigureAwait(false);
        while (await NextAsync(lines).ConfigureAwait(false))
            yield return lines.Current;
    }

    /// <summary>Upgrades a connection to a raw stream. The time limit covers only the head of the answer.</summary>
    public Task<HijackedConnection> HijackAsync(Query query, byte[] body, string subject, CancellationToken cancellationToken) =>
        WithinLimitAsync(HttpMethod.Post, query, subject, token => UpgradeAsync(query, body, subject, token), cancellationToken);

    private async Task<HijackedConnection> UpgradeAsync(
        Query query, byte[] body, string subject, CancellationToken cancellationToken)
    {
        var (head, connection) = await transport.UpgradeAsync(prefix + query, body, cancellationToken).ConfigureAwait(false);
        if (IsStream(head))
            return new HijackedConnection(connection);
        using (connection)
        {
            // The body is not read: it may never end.
            if (head.Status < 400)
                throw Errors.EngineErrors.Protocol.Exception(
                    $"The engine answered with status {head.Status}, and not with the stream it was asked for.", subject);
            var answer = new Http1Body(connection, head, hasBody: true, _ => { });
            throw EngineFailure.From(
                head.Status, await _reader.ReadErrorAsync(answer, cancellationToken).ConfigureAwait(false), subject);
        }
    }

    /// <summary>
    /// Whether the connection is now a raw stream. A proxy may drop the upgrade headers; then the content type decides.
    /// </summary>
    private static bool IsStream(Http1Head head) => head.Status == 101 || (head.Status == 200
        && head["Content-Type"] is "application/vnd.docker.raw-stream" or "application/vnd.docker.multiplexed-stream");

    private async Task<bool> NextAsync<T>(IAsyncEnumerator<T> lines)
    {
        try
        {
            return await lines.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw transport.Lost(exception);
        }
    }

    private Task<T> WithinLimitAsync<T>(
        HttpMethod method,
        Query query,
        string subject,
        Func<CancellationToken, Task<T>> answer,
        CancellationToken cancellationToken) =>
        timeLimit.AwaitAsync(answer, (length, inner) => Late(method, query, subject, length, inner), cancellationToken);

    private ComposeException Late(HttpMethod method, Query query, string subject, TimeSpan length, Exception inner)
    {
        var verb = method == HttpMethod.Get || method == HttpMethod.Head ? null
            : method == HttpMethod.Delete ? "remove"
            : method == HttpMethod.Put ? "write to"
            : query.Action;
        return EngineFailure.Late(transport.Endpoint.Host, verb, subject, length, inner);
    }
}
