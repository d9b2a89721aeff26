using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>Sends typed requests below the negotiated API version and judges the answers.</summary>
internal sealed class EngineRequests(EngineTransport transport, string prefix)
{
    private const int LongestFailure = 256 * 1024;

    public EngineTransport Transport => transport;

    /// <summary>Sends and reads a JSON answer. <paramref name="subject"/> is what an error is about.</summary>
    public Task<T> ReadAsync<T>(HttpMethod method, Query query, JsonTypeInfo<T> type, HttpContent? content, string subject, CancellationToken cancellationToken) =>
        ReadAsync(method, query, type, content, subject, null, cancellationToken);

    public async Task<T> ReadAsync<T>(
        HttpMethod method, Query query, JsonTypeInfo<T> type, HttpContent? content, string subject, KeyValuePair<string, string>? header, CancellationToken cancellationToken)
    {
        var response = await SendAsync(method, query, content, subject, header, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, type, subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the JSON body of an answer whose head is here, and disposes it.</summary>
    public async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, string subject, CancellationToken cancellationToken)
    {
        using var disposal = response;
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false)
                ?? throw Errors.EngineErrors.Protocol.Exception("The engine's answer is empty.", subject);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw transport.Lost(exception);
        }
        catch (JsonException exception)
        {
            throw Errors.EngineErrors.Protocol.Exception($"The engine's answer cannot be read: {exception.Message}", subject, inner: exception);
        }
    }

    public Task<T> GetAsync<T>(Query query, JsonTypeInfo<T> type, string subject, CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Get, query, type, null, subject, cancellationToken);

    /// <summary>Sends what answers with nothing worth reading. Status 304 (already so) is fine.</summary>
    public Task DoAsync(HttpMethod method, Query query, HttpContent? content, string subject, CancellationToken cancellationToken) =>
        DoAsync(method, query, content, subject, null, cancellationToken);

    /// <summary>The same, with one more header.</summary>
    public async Task DoAsync(HttpMethod method, Query query, HttpContent? content, string subject, KeyValuePair<string, string>? header, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, query, content, subject, header, cancellationToken).ConfigureAwait(false);
        // Read to the end, so the connection goes back to the pool.
        await ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends; a status of 400 or more throws. The caller disposes the response.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Query query, HttpContent? content, string subject, KeyValuePair<string, string>? header, CancellationToken cancellationToken)
    {
        var response = await transport.SendAsync(method, prefix + query, content, header, cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(response, subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for what is long and read to its end at once; a status of 400 or more throws. The caller disposes the response.</summary>
    public async Task<HttpResponseMessage> GetLongAsync(Query query, string subject, CancellationToken cancellationToken)
    {
        var response = await transport.GetLongAsync(prefix + query, cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(response, subject, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> JudgeAsync(HttpResponseMessage response, string subject, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode < 400)
            return response;
        using (response)
        {
            using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            throw EngineFailure.From((int)response.StatusCode, await ReadFailureAsync(body, cancellationToken).ConfigureAwait(false), subject);
        }
    }

    /// <summary>Sends and yields the JSON lines of the answer as they come.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        HttpMethod method, Query query, JsonTypeInfo<T> type, HttpContent? content, string subject, KeyValuePair<string, string>? header,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, query, content, subject, header, cancellationToken).ConfigureAwait(false);
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var lines = JsonLines.ReadAsync(body, type, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var disposal = lines.ConfigureAwait(false);
        while (await NextAsync(lines).ConfigureAwait(false))
            yield return lines.Current;
    }

    /// <summary>Takes the connection over for raw traffic.</summary>
    public async Task<HijackedConnection> HijackAsync(Query query, byte[] body, string subject, CancellationToken cancellationToken)
    {
        var (head, connection) = await transport.UpgradeAsync(prefix + query, body, cancellationToken).ConfigureAwait(false);
        if (IsStream(head))
            return new HijackedConnection(connection);
        using (connection)
        {
            // What such an answer holds may never end.
            if (head.Status < 400)
                throw Errors.EngineErrors.Protocol.Exception($"The engine answered with status {head.Status}, and not with the stream it was asked for.", subject);
            var answer = new Http1Body(connection, head, hasBody: true, _ => { });
            throw EngineFailure.From(head.Status, await ReadFailureAsync(answer, cancellationToken).ConfigureAwait(false), subject);
        }
    }

    /// <summary>Whether the connection carries raw traffic from here on. Where the upgrade was lost on the way, the type alone says so.</summary>
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

    /// <summary>What says why something was refused; what goes on for longer than any reason is left.</summary>
    private async Task<byte[]> ReadFailureAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestFailure];
        var used = 0;
        try
        {
            while (used < buffer.Length
                && await body.ReadAsync(buffer, used, buffer.Length - used, cancellationToken).ConfigureAwait(false) is > 0 and var read)
                used += read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw transport.Lost(exception);
        }

        Array.Resize(ref buffer, used);
        return buffer;
    }

    private async Task<byte[]> ReadAllAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        return await ReadAllAsync(body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadAllAsync(Stream body, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        try
        {
            await body.CopyToAsync(memory, 16 * 1024, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw transport.Lost(exception);
        }

        return memory.ToArray();
    }
}
