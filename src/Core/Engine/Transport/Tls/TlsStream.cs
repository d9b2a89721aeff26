using System.Net.Security;
using Compose.Engine.Endpoint;

namespace Compose.Engine.Transport.Tls;

/// <summary>
/// A TLS connection. With TLS 1.3, the engine checks the client certificate after the handshake has completed on our side, so a
/// connection that ends before its first byte means that the engine rejected the certificate, with an alert or without.
/// </summary>
internal sealed class TlsStream(SslStream ssl, EngineEndpoint endpoint) : DelegatingStream(ssl), IHalfClose
{
    private volatile bool _answered;

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            var read = await base.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            _answered |= read > 0;
            return read > 0 || count == 0 || _answered ? read : throw TlsFailure.BeforeAnswer(null, endpoint);
        }
        catch (IOException exception) when (!_answered && !cancellationToken.IsCancellationRequested)
        {
            throw TlsFailure.BeforeAnswer(exception, endpoint);
        }
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            await base.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (!_answered && !cancellationToken.IsCancellationRequested)
        {
            throw TlsFailure.BeforeAnswer(exception, endpoint);
        }
    }

    /// <summary>Sends close_notify, which the other side reads as the end of the input.</summary>
    public Task CloseWriteAsync(CancellationToken cancellationToken) => ssl.ShutdownAsync();
}
