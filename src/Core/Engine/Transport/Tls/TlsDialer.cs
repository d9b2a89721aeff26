using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Tls;

/// <summary>Adds TLS to another dialer's streams; the operating system chooses versions and ciphers.</summary>
internal sealed class TlsDialer(IDialer inner, EngineEndpoint endpoint, TlsFiles files) : IDialer
{
    private readonly Lazy<TlsCertificates> _identity = new(() => TlsCertificates.Load(files));

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        // Load the files first, so that an error in them is reported even when no engine answers.
        var identity = _identity.Value;
        var raw = new FirstBytesStream(await inner.DialAsync(cancellationToken).ConfigureAwait(false));
        var trust = new ServerTrust(endpoint, files, identity.Authorities);
        var (accepted, refusal) = (false, (ComposeException?)null);
        var ssl = new SslStream(
            raw, leaveInnerStreamOpen: false,
            (_, certificate, chain, errors) => accepted = (refusal = trust.Validate(certificate, chain, errors)) is null,
            Select(identity));
        try
        {
            await AuthenticateAsync(ssl, identity, cancellationToken).ConfigureAwait(false);
            return new TlsStream(ssl, endpoint);
        }
        catch (Exception exception)
        {
            ssl.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (refusal is not null)
                throw refusal;
            if (exception is AuthenticationException or IOException)
                throw TlsFailure.OfHandshake(exception, raw.Seen, accepted, endpoint);
            throw;
        }
    }

    /// <summary>
    /// On .NET Framework, always sends the client certificate, whatever authorities the engine names, as docker does. On .NET,
    /// ClientCertificateContext does that.
    /// </summary>
    private static LocalCertificateSelectionCallback? Select(TlsCertificates identity) =>
#if NET
        null;
#else
        identity.ClientCertificate is { } own ? (_, _, _, _, _) => own : null;
#endif

    private async Task AuthenticateAsync(SslStream ssl, TlsCertificates identity, CancellationToken cancellationToken)
    {
#if NET
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = endpoint.Uri.IdnHost,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (identity.ClientCertificate is { } own)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(own, identity.Intermediates, offline: true);
        await ssl.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
#else
        using var registration = cancellationToken.Register(ssl.Dispose);
        var certificates = new X509CertificateCollection();
        if (identity.ClientCertificate is { } own)
            certificates.Add(own);
        await ssl.AuthenticateAsClientAsync(
            endpoint.Uri.IdnHost, certificates, Protocols(System.Net.ServicePointManager.SecurityProtocol),
            checkCertificateRevocation: false).ConfigureAwait(false);
#endif
    }

#if !NET
    /// <summary>
    /// .NET Framework lets the system choose the version only in programs built for 4.7 or newer; in others, such as
    /// powershell.exe, SslProtocols.None is an invalid argument. Every engine supports TLS 1.2.
    /// </summary>
    internal static SslProtocols Protocols(System.Net.SecurityProtocolType allowed) =>
        allowed == System.Net.SecurityProtocolType.SystemDefault ? SslProtocols.None : SslProtocols.Tls12;
#endif
}
