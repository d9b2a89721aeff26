using Compose.Engine.Dto;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>Checks an answer's status and content type, and reads its body up to a maximum size.</summary>
internal sealed class AnswerReader(EngineTransport transport)
{
    /// <summary>In bytes; far more than any engine sends, so a longer answer is an error.</summary>
    private const int MaxAnswerBytes = 512 * 1024 * 1024;

    /// <summary>In bytes; an error message is shorter.</summary>
    private const int MaxErrorBytes = 256 * 1024;

    private const int NotModified = 304;

    /// <summary>
    /// Null when the answer is a success; otherwise a function that makes the error for the given subject of the request.
    /// </summary>
    public async Task<Func<string, ComposeException>?> RefusalAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var isWebPage = response.Content.Headers.ContentType?.MediaType == "text/html";
        if (status is (>= 200 and < 300) or NotModified && !isWebPage)
            return null;
        if (status < 300 && isWebPage)
            return subject => EngineAnswer.WebPage(subject);
        if (status < 400)
            return subject => EngineFailure.Unexpected(status, response.Headers.Location?.OriginalString, subject);
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        var failure = await ReadErrorAsync(body, cancellationToken).ConfigureAwait(false);
        return subject => EngineFailure.From(status, failure, subject);
    }

    /// <summary>Reads the body of a failed request, cut off at <see cref="MaxErrorBytes"/>.</summary>
    public async Task<byte[]> ReadErrorAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxErrorBytes];
        var used = 0;
        try
        {
            while (used < buffer.Length
                && await body.ReadAsync(buffer, used, buffer.Length - used, cancellationToken)
                    .ConfigureAwait(false) is > 0 and var read)
                used += read;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw transport.Lost(exception);
        }

        Array.Resize(ref buffer, used);
        return buffer;
    }

    public async Task<byte[]> ReadAllAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        return await ReadAllAsync(body, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadAllAsync(Stream body, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await body.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                memory.Write(buffer, 0, read);
                if (memory.Length > MaxAnswerBytes)
                    throw EngineErrors.Protocol.Exception("The engine's answer has no end.", transport.Endpoint.Host);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw transport.Lost(exception);
        }

        return memory.ToArray();
    }
}
