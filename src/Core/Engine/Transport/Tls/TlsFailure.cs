using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Tls;

/// <summary>Makes the errors of failed TLS connections, except those for a certificate that we reject.</summary>
internal static class TlsFailure
{
    /// <summary>
    /// Alerts (RFC 8446, 6.2), as OpenSSL and Windows name them, with which a server rejects a client certificate.
    /// </summary>
    private static readonly string[] CertificateAlerts =
    [
        "certificate required", "bad certificate", "unknown ca", "certificate unknown", "certificate expired",
        "certificate revoked", "unsupported certificate", "access denied", "decrypt error", "handshake failure",
    ];

    /// <param name="exception">The exception that ended the handshake.</param>
    /// <param name="seen">The first bytes of the server's answer.</param>
    /// <param name="accepted">Whether we had accepted the engine's certificate; a failure after that means that the engine
    /// rejected ours, whatever the exception says.</param>
    /// <param name="endpoint">The engine's endpoint.</param>
    public static ComposeException OfHandshake(Exception exception, string seen, bool accepted, EngineEndpoint endpoint)
    {
        if (seen.StartsWith("HTTP/", StringComparison.Ordinal))
            return TlsErrors.PlainAnswer.Exception(
                $"What answers at {endpoint.Host} speaks plain HTTP, not TLS.", endpoint.Host, inner: exception);
        if (accepted || Alert(exception) is not null)
            return Refused(exception, endpoint);
        return TlsErrors.HandshakeFailed.Exception(
            $"TLS with the engine at {endpoint.Host} could not be begun: {Innermost(exception).Message}", endpoint.Host,
            inner: exception);
    }

    /// <param name="exception">The exception that ended the connection; null when it ended without one.</param>
    /// <param name="endpoint">The engine's endpoint.</param>
    public static ComposeException BeforeAnswer(Exception? exception, EngineEndpoint endpoint) => Refused(exception, endpoint);

    private static ComposeException Refused(Exception? exception, EngineEndpoint endpoint)
    {
        var shown = endpoint.Tls?.Certificate is { } file ? $"the certificate in '{file}'" : "a client without a certificate";
        var message = Alert(exception) is { } words
            ? $"The engine at {endpoint.Host} refused {shown} ({words})."
            : $"The engine at {endpoint.Host} closed the connection without an answer, as one does that refuses {shown}.";
        return TlsErrors.ClientRefused.Exception(message, endpoint.Host, inner: exception);
    }

    private static string? Alert(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            var message = cause.Message.Replace('_', ' ');
            if (message.IndexOf("alert", StringComparison.OrdinalIgnoreCase) >= 0
                && CertificateAlerts.FirstOrDefault(alert =>
                    message.IndexOf(alert, StringComparison.OrdinalIgnoreCase) >= 0) is { } found)
                return found;
        }

        return null;
    }

    private static Exception Innermost(Exception exception) =>
        exception.InnerException is { } inner ? Innermost(inner) : exception;
}
