namespace Compose.Engine.Endpoint;

/// <summary>The PEM files that say whom to trust and who we are.</summary>
/// <param name="Authority">The authorities the engine's certificate may come from, and no others; null trusts what the system
/// trusts.</param>
/// <param name="Certificate">Our certificate, then those between it and its authority; null where we show none.</param>
/// <param name="Key">The key of our certificate; null with it.</param>
/// <param name="Verify">False takes any certificate for the engine's (SkipTLSVerify, DOCKER_TLS without
/// DOCKER_TLS_VERIFY).</param>
internal sealed record TlsFiles(string? Authority, string? Certificate, string? Key, bool Verify = true)
{
    /// <summary>
    /// The files of a directory by docker's names. Our certificate may be missing; the authority may be where the caller says so.
    /// </summary>
    public static TlsFiles In(string directory, bool verify, bool authorityRequired)
    {
        var authority = Path.Combine(directory, "ca.pem");
        return new TlsFiles(
            authorityRequired || File.Exists(authority) ? authority : null, Existing("cert.pem"), Existing("key.pem"), verify);

        string? Existing(string name) => Path.Combine(directory, name) is var file && File.Exists(file) ? file : null;
    }
}
