using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Tls;

/// <summary>
/// Validates an engine's certificate: its issuer (with given authorities, only those), its dates, and its name.
/// </summary>
internal sealed class ServerTrust(EngineEndpoint endpoint, TlsFiles files, X509Certificate2Collection? authorities)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private const X509ChainStatusFlags Dates = X509ChainStatusFlags.NotTimeValid | X509ChainStatusFlags.NotTimeNested;

    /// <summary>Returns the error, or null when the certificate is accepted.</summary>
    public ComposeException? Validate(X509Certificate? shown, X509Chain? sent, SslPolicyErrors errors)
    {
        if (!files.Verify)
            return null;
        if (shown is null)
            return TlsErrors.NotTrusted.Exception($"The engine at {endpoint.Host} shows no certificate.", endpoint.Host);
        using var certificate = new X509Certificate2(shown);
        var flags = authorities is null ? SystemFlags(sent, errors) : Flags(certificate, sent, authorities);
        if ((flags & ~Dates) != 0)
            return TlsErrors.NotTrusted.Exception(
                $"The certificate of the engine at {endpoint.Host}, issued by '{certificate.Issuer}', {Reason(flags & ~Dates)}.",
                endpoint.Host);
        if (flags != 0)
            return TlsErrors.Expired.Exception(
                $"The certificate of the engine at {endpoint.Host}, or that of its authority, is not valid now; the engine's is "
                    + $"from {certificate.NotBefore:u} to {certificate.NotAfter:u}.",
                endpoint.Host);
        return WrongName(certificate) || (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0
            ? TlsErrors.WrongName.Exception(
                $"The certificate of the engine at {endpoint.Host} is for {Names(certificate)}, not for "
                    + $"'{endpoint.Uri.IdnHost}'.",
                endpoint.Host)
            : null;
    }

    /// <summary>Builds the chain again with only the given authorities, without those the machine trusts.</summary>
    private static X509ChainStatusFlags Flags(
        X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(authorities);
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
#if NET
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
#endif
        chain.Build(certificate);
        var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
        // A given authority may be an intermediate certificate, and .NET Framework has no custom trust store. So a chain is
        // trusted when it ends in a given authority, and only then, whatever the machine trusts.
        var end = chain.ChainElements.Count == 0 ? certificate : chain.ChainElements[chain.ChainElements.Count - 1].Certificate;
        return authorities.Cast<X509Certificate2>().Any(authority => authority.RawData.SequenceEqual(end.RawData))
            ? flags & ~(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)
            : flags | X509ChainStatusFlags.UntrustedRoot;
    }

    private static X509ChainStatusFlags SystemFlags(X509Chain? sent, SslPolicyErrors errors) =>
        (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0
            ? X509ChainStatusFlags.NoError
            : sent?.ChainStatus.Aggregate(
                X509ChainStatusFlags.NoError, (all, status) => all | status.Status) is { } flags and not 0
                ? flags
                : X509ChainStatusFlags.UntrustedRoot;

    private const X509ChainStatusFlags OfAnotherAuthority =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    private string Reason(X509ChainStatusFlags flags) =>
        (flags & OfAnotherAuthority) != 0
            ? "does not come from " + (
                files.Authority is { } file ? $"an authority in '{file}'" : "an authority this system trusts")
            : $"may not be used for an engine ({flags})";

    private bool WrongName(X509Certificate2 certificate) => !ServerName.Matches(Read(certificate), endpoint.Uri.IdnHost);

    private static string Names(X509Certificate2 certificate) =>
        Read(certificate) is { Count: > 0 } names
            ? string.Join(", ", names.Select(name => $"'{name}'"))
            : $"no host at all (it has no subjectAltName, and its subject '{certificate.Subject}' does not count)";

    /// <summary>The certificate's names; none when the extension is malformed.</summary>
    private static IReadOnlyList<string> Read(X509Certificate2 certificate)
    {
        try
        {
            return ServerName.Of(certificate);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
