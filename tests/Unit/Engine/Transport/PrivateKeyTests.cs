using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport.Tls;
using Compose.Errors;

namespace Compose.Tests.Engine.Transport;

/// <summary>All forms of private keys, and invalid files.</summary>
public sealed class PrivateKeyTests : IDisposable
{
    private static readonly byte[] Message = [1, 2, 3];
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("keys");
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Delete(true);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(3072)]
    public void An_rsa_key_signs_for_its_certificate_in_both_forms(int bits)
    {
        using var key = RSA.Create(bits);
        using var certificate = _authority.IssueClient(key);

        foreach (var pem in new[] { key.ExportRSAPrivateKeyPem(), key.ExportPkcs8PrivateKeyPem() })
        {
            using var joined = Load(certificate, pem).ClientCertificate!;
            using var signer = joined.GetRSAPrivateKey()!;
            var signature = signer.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            Assert.True(key.VerifyData(Message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void An_ec_key_signs_for_its_certificate_in_both_forms(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var certificate = _authority.IssueClient(key);

        foreach (var pem in new[] { key.ExportECPrivateKeyPem(), key.ExportPkcs8PrivateKeyPem() })
        {
            using var joined = Load(
                certificate,
                "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + pem).ClientCertificate!;
            using var signer = joined.GetECDsaPrivateKey()!;
            Assert.True(key.VerifyData(Message, signer.SignData(Message, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        }
    }

    [Fact]
    public void Certificates_after_ours_are_those_in_between()
    {
        using var key = RSA.Create(2048);
        using var certificate = _authority.IssueClient(key);
        var files = Write(certificate.ExportCertificatePem() + "\n" + _authority.Pem, key.ExportPkcs8PrivateKeyPem());

        var identity = TlsCertificates.Load(files);

        Assert.Equal("CN=user", identity.ClientCertificate!.Subject);
        Assert.Equal("CN=Compose Test CA", Assert.Single(identity.Intermediates).Subject);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var certificate = _authority.IssueClient(key);

        Assert.Contains(
            "is not that of the certificate",
            Failure(certificate.ExportCertificatePem(), other.ExportPkcs8PrivateKeyPem(), "TlsFileInvalid"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_told_with_the_file()
    {
        using var key = RSA.Create(2048);
        using var certificate = _authority.IssueClient(key);
        var pem = certificate.ExportCertificatePem();
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(
            "x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Contains("encrypted", Failure(pem, encrypted, "TlsFileInvalid"), StringComparison.Ordinal);
        Assert.Contains("key.pem", Failure(pem, "no key", "TlsFileInvalid"), StringComparison.Ordinal);
        Assert.Contains(
            "cert.pem", Failure("no certificate", key.ExportPkcs8PrivateKeyPem(), "TlsFileInvalid"), StringComparison.Ordinal);
        Assert.Contains(
            "does not end", Failure(pem, "-----BEGIN PRIVATE KEY-----\nAAAA\n", "TlsFileInvalid"), StringComparison.Ordinal);
        Assert.Contains(
            "1.3.101.112",
            Failure(
                pem,
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGIPZQ8FDdM5I6B3bOLC3sbze4Y1y7TBO9HR0T5gIm6d\n-----END PRIVATE "
                    + "KEY-----",
                "TlsFileInvalid"),
            StringComparison.Ordinal);
        Assert.Contains("cert.pem", Failure(null, key.ExportPkcs8PrivateKeyPem(), "TlsFileNotFound"), StringComparison.Ordinal);
        Assert.Contains("key.pem", Failure(pem, null, "TlsFileNotFound"), StringComparison.Ordinal);
        Assert.Contains(
            "ca.pem",
            Assert.Throws<ComposeException>(() =>
                TlsCertificates.Load(TlsFiles.In(_directory.FullName, true, authorityRequired: true))).Info.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutilated_key_is_an_error_and_nothing_worse()
    {
        using var key = RSA.Create(1024);
        using var certificate = _authority.IssueClient(key);
        var content = key.ExportPkcs8PrivateKey();
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var broken = (byte[])content.Clone();
            broken[random.Next(40)] = (byte)random.Next(256);
            var length = random.Next(2) == 0 ? broken.Length : random.Next(broken.Length);
            var files = Write(
                certificate.ExportCertificatePem(), PemEncoding.WriteString("PRIVATE KEY", broken.AsSpan(0, length)));

            if (Record.Exception(() => TlsCertificates.Load(files).ClientCertificate?.Dispose()) is { } exception)
                Assert.Equal("TlsFileInvalid", Assert.IsType<ComposeException>(exception).Info.Id);
        }
    }

    private string Failure(string? certificate, string? key, string id)
    {
        var error = Assert.Throws<ComposeException>(() => TlsCertificates.Load(Write(certificate, key)));
        Assert.Equal(id, error.Info.Id);
        return error.Info.Message;
    }

    private TlsCertificates Load(X509Certificate2 certificate, string key) =>
        TlsCertificates.Load(Write(certificate.ExportCertificatePem(), key));

    private TlsFiles Write(string? certificate, string? key)
    {
        foreach (var (name, text) in new[] { ("cert.pem", certificate), ("key.pem", key) })
        {
            File.Delete(Path.Combine(_directory.FullName, name));
            if (text is not null)
                File.WriteAllText(Path.Combine(_directory.FullName, name), text);
        }

        return TlsFiles.In(_directory.FullName, verify: true, authorityRequired: false);
    }
}
