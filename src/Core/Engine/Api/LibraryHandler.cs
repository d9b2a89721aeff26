using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>
/// The HTTP handler of Docker.DotNet: sends its requests over our connections, and passes on only complete, successful answers.
/// </summary>
internal sealed class LibraryHandler(EngineTransport transport) : HttpMessageHandler
{
    private readonly AnswerReader _reader = new(transport);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (await _reader.RefusalAsync(response, cancellationToken).ConfigureAwait(false) is { } refusal)
                throw new RefusedAnswerException(refusal);
            // Read to the end, so the connection returns to the pool.
            var body = await _reader.ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
            if (EngineAnswer.IsWebPage(body))
                throw new RefusedAnswerException(subject => EngineAnswer.WebPage(subject));
            response.Content.Dispose();
            response.Content = EngineTransport.Json(body);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
