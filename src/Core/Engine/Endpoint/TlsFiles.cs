namespace Compose.Engine.Endpoint;

/// <summary>The PEM files of a TLS connection.</summary>
/// <param name="Authority">The only certificate authorities to trust; null for the system's.</param>
/// <param name="Certificate">The client certificate, followed by its intermediates; null for none.</param>
/// <param name="Key">The key of the client certificate, or null.</param>
/// <param name="Verify">False accepts any server certificate (SkipTLSVerify, DOCKER_TLS without DOCKER_TLS_VERIFY).</param>
internal sealed record TlsFiles(string? Authority, string? Certificate, string? Key, bool Verify = true)
{
    /// <summary>
    /// The files of a directory under docker's names: ca.pem, cert.pem and key.pem. A missing file is null; with
    /// authorityRequired, a missing ca.pem is an error when the files are loaded.
    /// </summary>
    public static TlsFiles In(string directory, bool verify, bool authorityRequired)
    {
        var authority = Path.Combine(directory, "ca.pem");
        return new TlsFiles(
            authorityRequired || File.Exists(authority) ? authority : null, Existing("cert.pem"), Existing("key.pem"), verify);

        string? Existing(string name) => Path.Combine(directory, name) is var file && File.Exists(file) ? file : null;
    }
}
