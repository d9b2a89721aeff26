using System.Globalization;
using System.Text;

namespace Compose.Engine.Api;

/// <summary>
/// Cuts a message of an engine or a registry to a maximum length and escapes characters that could control a terminal.
/// </summary>
internal static class EngineText
{
    private const int MaxLength = 64 * 1024;

    /// <summary>The characters that change the writing direction of the text after them.</summary>
    private const string Bidirectional = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    public static string Sanitize(string text)
    {
        var isLong = text.Length > MaxLength;
        var kept = isLong ? text.Substring(0, MaxLength) : text;
        if (kept.Any(IsUnsafe))
            kept = Escaped(kept);
        return isLong ? $"{kept}... ({text.Length - MaxLength:N0} more characters)" : kept;
    }

    private static string Escaped(string text)
    {
        var plain = new StringBuilder(text.Length + 64);
        foreach (var character in text.Replace("\r\n", "\n"))
        {
            if (IsUnsafe(character))
                plain.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                plain.Append(character);
        }

        return plain.ToString();
    }

    private static bool IsUnsafe(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\t')) || Bidirectional.IndexOf(character) >= 0;
}
