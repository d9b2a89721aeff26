using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Compose.Engine.Transport.Tls;

/// <summary>
/// The host names of a certificate (RFC 5280, subjectAltName; RFC 6125). Ignores the common name, as docker does. The name is
/// checked here because not every platform reports a wrong name when it rejects the chain, too.
/// </summary>
internal static class ServerName
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int DnsName = 0x82, Address = 0x87;

    /// <summary>The DNS names and IP addresses of a certificate, as text.</summary>
    /// <exception cref="FormatException">The extension is malformed.</exception>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension)
            return [];
        var names = new List<string>();
        var entries = new DerReader(extension.RawData).Enter(DerReader.Sequence);
        while (entries.Next is var tag and >= 0)
        {
            var content = entries.Bytes(tag);
            if (tag == DnsName)
                names.Add(Encoding.ASCII.GetString(content));
            else if (tag == Address && content.Length is 4 or 16)
                names.Add(new IPAddress(content).ToString());
        }

        return names;
    }

    /// <summary>Whether one of the names matches the host; a star matches exactly the first label of a DNS name.</summary>
    public static bool Matches(IEnumerable<string> names, string host) => IPAddress.TryParse(host, out var address)
        ? names.Any(name => IPAddress.TryParse(name, out var other) && other.Equals(address))
        : names.Any(name => MatchesDns(name.TrimEnd('.'), host.TrimEnd('.')));

    private static bool MatchesDns(string name, string host)
    {
        if (!name.StartsWith("*.", StringComparison.Ordinal))
            return string.Equals(name, host, StringComparison.OrdinalIgnoreCase);
        var dot = host.IndexOf('.');
        return dot > 0
            && name.IndexOf('.', 2) > 0
            && string.Equals(name.Substring(1), host.Substring(dot), StringComparison.OrdinalIgnoreCase);
    }
}
