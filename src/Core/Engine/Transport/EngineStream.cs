using Compose.Errors;

namespace Compose.Engine.Transport;

/// <summary>
/// The body of a long answer: a lost connection becomes our error, and disposing the stream disposes the response.
/// </summary>
internal sealed class EngineStream(
    HttpResponseMessage response, Stream body, Func<Exception, ComposeException> lost) : DelegatingStream(body)
{
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await base.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException
            && !cancellationToken.IsCancellationRequested)
        {
            throw lost(exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            response.Dispose();
    }
}
