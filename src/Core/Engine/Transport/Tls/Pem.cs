using System.Text;

namespace Compose.Engine.Transport.Tls;

/// <summary>
/// One block of a PEM file (RFC 7468). <see cref="IsEncrypted"/> means that the content needs a passphrase.
/// </summary>
internal sealed record PemBlock(string Label, byte[] Content, bool IsEncrypted);

/// <summary>Reads PEM text.</summary>
internal static class Pem
{
    private const string Begin = "-----BEGIN ";
    private const string Dashes = "-----";

    /// <summary>Returns the blocks in order; skips text outside of blocks.</summary>
    /// <exception cref="FormatException">A block has no end or is not base64.</exception>
    public static IEnumerable<PemBlock> Read(string text)
    {
        string? label = null;
        var (content, encrypted) = (new StringBuilder(), false);
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (label is null)
            {
                if (line.StartsWith(Begin, StringComparison.Ordinal) && line.EndsWith(Dashes, StringComparison.Ordinal))
                    (label, encrypted) = (line.Substring(Begin.Length, line.Length - Begin.Length - Dashes.Length), false);
            }
            else if (line == "-----END " + label + Dashes)
            {
                // The base64 of an encrypted key decodes, too; callers check IsEncrypted before they use the content.
                yield return new PemBlock(
                    label, Convert.FromBase64String(content.ToString()), encrypted || label == "ENCRYPTED PRIVATE KEY");
                label = null;
                content.Clear();
            }
            else if (line.Contains(':'))
            {
                encrypted |= line.StartsWith("Proc-Type:", StringComparison.Ordinal) && line.Contains("ENCRYPTED");
            }
            else
            {
                content.Append(line);
            }
        }

        if (label is not null)
            throw new FormatException($"The block '{label}' does not end.");
    }
}
