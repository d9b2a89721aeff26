using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Engine.Transport.Tls;

/// <summary>The certificates loaded from the files of a TLS endpoint.</summary>
/// <param name="Authorities">The only certificate authorities to trust; null for the system's.</param>
/// <param name="ClientCertificate">The client certificate with its key, or null.</param>
/// <param name="Intermediates">The intermediate certificates of the client certificate.</param>
internal sealed record TlsCertificates(
    X509Certificate2Collection? Authorities, X509Certificate2? ClientCertificate, X509Certificate2Collection Intermediates)
{
    public static TlsCertificates Load(TlsFiles files)
    {
        var authorities = files.Authority is { } file ? Certificates(file) : null;
        var intermediates = new X509Certificate2Collection();
        if (files.Certificate is null && files.Key is null)
            return new TlsCertificates(authorities, null, intermediates);
        if (files.Certificate is not { } certificateFile || files.Key is not { } keyFile)
            throw TlsErrors.FileNotFound.Exception(
                $"'{files.Certificate ?? files.Key}' has no {(files.Key is null ? "key.pem" : "cert.pem")} beside it.",
                files.Certificate ?? files.Key);
        var own = Certificates(certificateFile);
        for (var index = 1; index < own.Count; index++)
            intermediates.Add(own[index]);
        return new TlsCertificates(authorities, WithKey(own[0], certificateFile, keyFile), intermediates);
    }

    private static X509Certificate2Collection Certificates(string file)
    {
        var found = new X509Certificate2Collection();
        foreach (var block in Blocks(file).Where(block =>
            block.Label is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE"))
            found.Add(Guard(file, () => Certificate(block.Content)));
        return found.Count > 0 ? found : throw TlsErrors.FileInvalid.Exception($"'{file}' holds no certificate.", file);
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string certificateFile, string keyFile)
    {
        var key = Blocks(keyFile).FirstOrDefault(block => block.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            ?? throw TlsErrors.FileInvalid.Exception($"'{keyFile}' holds no private key.", keyFile);
        if (key.IsEncrypted)
            throw TlsErrors.FileInvalid.Exception(
                $"The key in '{keyFile}' is encrypted, and there is no prompt for its passphrase.", keyFile);
        try
        {
            return Usable(PrivateKeyReader.Join(certificate, key));
        }
        catch (ArgumentException exception)
        {
            throw TlsErrors.FileInvalid.Exception(
                $"The key in '{keyFile}' is not that of the certificate in '{certificateFile}'.", keyFile, inner: exception);
        }
        catch (Exception exception) when (exception is FormatException
            or CryptographicException
            or OverflowException
            or PlatformNotSupportedException)
        {
            throw TlsErrors.FileInvalid.Exception(
                $"The key in '{keyFile}' cannot be used: {exception.Message}", keyFile, inner: exception);
        }
    }

    /// <summary>Windows can sign only with a key in a key store; exporting to PKCS#12 and importing puts it there.</summary>
    private static X509Certificate2 Usable(X509Certificate2 joined)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return joined;
        using (joined)
        {
            var packed = joined.Export(X509ContentType.Pkcs12);
            return new X509Certificate2(packed);
        }
    }

    private static X509Certificate2 Certificate(byte[] content) => new(content);

    private static List<PemBlock> Blocks(string file)
    {
        try
        {
            return Guard(file, () => Pem.Read(File.ReadAllText(file)).ToList());
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw TlsErrors.FileNotFound.Exception($"There is no '{file}', which TLS needs.", file, inner: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TlsErrors.FileInvalid.Exception($"'{file}' cannot be read: {exception.Message}", file, inner: exception);
        }
    }

    private static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            throw TlsErrors.FileInvalid.Exception(
                $"'{file}' is not what its name says: {exception.Message}", file, inner: exception);
        }
    }
}
