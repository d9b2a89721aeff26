using System.Text;
using System.Text.RegularExpressions;
using Compose.Yaml;

namespace Compose.Model.Config;

/// <summary>
/// Writes strings as Go's YAML encoder does: plain if the parser would read the same string, otherwise quoted.
/// </summary>
internal static class YamlScalarWriter
{
    private static readonly Regex Sexagesimal = new(
        @"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$", RegexOptions.CultureInvariant);
    private static readonly HashSet<string> OldBooleans = new(StringComparer.Ordinal)
    {
        "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF",
    };

    public static string Format(string text)
    {
        if (text.Length == 0
            || YamlScalars.Resolve(text) is not string
            || Sexagesimal.IsMatch(text)
            || OldBooleans.Contains(text)
            || text == "<<")
            return Double(text);
        if (text.Any(IsSpecial))
            return Double(text);
        return IsPlain(text) ? text : "'" + text.Replace("'", "''") + "'";
    }

    /// <summary>Whether a text of several lines can be written as a literal block.</summary>
    public static bool FitsBlock(string text) =>
        !text.Any(character => character != '\n' && IsSpecial(character))
            && !text.Contains(" \n")
            && text.TrimStart(' ').Length > 0;

    private static bool IsPlain(string text)
    {
        if (text[0] == ' '
            || text[text.Length - 1] == ' '
            || text.StartsWith("---", StringComparison.Ordinal)
            || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        if ("#,[]{}&*!|>'\"%@`".IndexOf(text[0]) >= 0)
            return false;
        if (text[0] is '?' or ':' or '-' && (text.Length == 1 || text[1] == ' '))
            return false;
        for (var index = 1; index < text.Length; index++)
        {
            if (text[index] == ':' && (index + 1 == text.Length || text[index + 1] == ' '))
                return false;
            if (text[index] == '#' && text[index - 1] == ' ')
                return false;
        }

        return true;
    }

    private static bool IsSpecial(char character) =>
        character is < ' ' or (char)127 or '\u0085' or '\uFEFF' or (>= '\u0080' and < '\u00A0');

    private static string Double(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\a' => "\\a",
                '\b' => "\\b",
                '\v' => "\\v",
                '\f' => "\\f",
                '\0' => "\\0",
                (char)27 => "\\e",
                '\u0085' => "\\N",
                '\uFEFF' => "\\uFEFF",
                _ when IsSpecial(character) => $"\\x{(int)character:X2}",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
