using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Tls;

/// <summary>Tells why TLS did not come about, where it is not our judgement of the engine's certificate.</summary>
internal static class TlsFailure
{
    /// <summary>
    /// Alerts (RFC 8446, 6.2) as OpenSSL and Windows name them, that speak of the certificate the receiver has shown.
    /// </summary>
    private static readonly string[] CertificateAlerts =
    [
        "certificate required", "bad certificate", "unknown ca", "certificate unknown", "certificate expired",
        "certificate revoked", "unsupported certificate", "access denied", "decrypt error", "handshake failure",
    ];

    /// <param name="exception">What the handshake ended with.</param>
    /// <param name="seen">How the other side's answer began.</param>
    /// <param name="accepted">Whether we had taken the engine's certificate: what fails after that is its judgement of ours,
    /// however the platform words it.</param>
    /// <param name="endpoint">Where.</param>
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

    /// <param name="exception">What the connection ended with; null where it just ended.</param>
    /// <param name="endpoint">Where.</param>
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
