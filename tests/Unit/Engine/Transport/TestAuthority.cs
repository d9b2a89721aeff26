using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compose.Engine.Endpoint;

namespace Compose.Tests.Engine.Transport;

/// <summary>A certificate authority for one test, which issues server and client certificates.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string Server = "1.3.6.1.5.5.7.3.1", Client = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-30);

    /// <summary>One key for all server and one for all client certificates: generating keys is slow.</summary>
    private static readonly RSA ServerKey = RSA.Create(2048), UserKey = RSA.Create(2048);
    private readonly X509Certificate2 _own;

    public TestAuthority(string name = "CN=Compose Test CA")
    {
        var request = new CertificateRequest(name, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _own = request.CreateSelfSigned(Start, Start.AddYears(5));
    }

    private TestAuthority(X509Certificate2 own) => _own = own;

    public string Pem => _own.ExportCertificatePem();

    public void Dispose() => _own.Dispose();

    /// <summary>Issues a server certificate with its key.</summary>
    public X509Certificate2 IssueServer(string name = "localhost", bool expired = false, string usage = Server)
    {
        var request = new CertificateRequest("CN=engine", ServerKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return Sign(request, usage, expired ? DateTimeOffset.UtcNow.AddDays(-1) : Start.AddYears(1))
            .CopyWithPrivateKey(ServerKey);
    }

    /// <summary>Issues a server certificate whose key usage allows only clients.</summary>
    public X509Certificate2 IssueMisused() => IssueServer(usage: Client);

    /// <summary>Issues an intermediate authority.</summary>
    public TestAuthority IssueAuthority()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Compose Test Intermediate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return new TestAuthority(Sign(request, null, Start.AddYears(1)).CopyWithPrivateKey(key));
    }

    public X509Certificate2 IssueClient(RSA key) =>
        Sign(
            new CertificateRequest("CN=user", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), Client,
            Start.AddYears(1));

    public X509Certificate2 IssueClient(ECDsa key) =>
        Sign(new CertificateRequest("CN=user", key, HashAlgorithmName.SHA256), Client, Start.AddYears(1));

    /// <summary>Writes ca.pem, and with client also cert.pem and key.pem.</summary>
    public TlsFiles WriteFiles(string directory, bool client = true)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "ca.pem"), Pem);
        if (client)
        {
            using var certificate = IssueClient(UserKey);
            File.WriteAllText(Path.Combine(directory, "cert.pem"), certificate.ExportCertificatePem());
            File.WriteAllText(Path.Combine(directory, "key.pem"), UserKey.ExportRSAPrivateKeyPem());
        }

        return TlsFiles.In(directory, verify: true, authorityRequired: true);
    }

    /// <summary>Whether this authority issued a certificate.</summary>
    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_own);
        return chain.Build(certificate);
    }

    private X509Certificate2 Sign(CertificateRequest request, string? usage, DateTimeOffset end)
    {
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var key = _own.GetECDsaPrivateKey()!;
        return request.Create(
            _own.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Start, end, RandomNumberGenerator.GetBytes(8));
    }
}
