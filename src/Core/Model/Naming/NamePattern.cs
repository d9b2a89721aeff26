using System.Text;
using System.Text.RegularExpressions;

namespace Compose.Model.Naming;

/// <summary>
/// Matches names with PowerShell's wildcards (*, ? and [a-c]), ignoring case as PowerShell does. An exact match has precedence:
/// it selects that name alone.
/// </summary>
internal static class NamePattern
{
    public static bool IsPattern(string text) => text.IndexOfAny(['*', '?', '[']) >= 0;

    public static bool IsMatch(string pattern, string name) =>
        string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase)
            || (
                IsPattern(pattern)
                    && Regex.IsMatch(
                        name, Expression(pattern),
                        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline));

    /// <summary>The names that a pattern matches.</summary>
    public static IReadOnlyList<string> Matches(string text, IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return all.Contains(text) ? [text] : all.FindAll(name => IsMatch(text, name));
    }

    /// <summary>The names that any of the patterns matches.</summary>
    public static HashSet<string> Matches(IEnumerable<string> texts, IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return new HashSet<string>(texts.SelectMany(text => Matches(text, all)), StringComparer.Ordinal);
    }

    /// <summary>The texts without wildcards that match none of the names. A wildcard pattern may match nothing.</summary>
    public static IReadOnlyList<string> Unknown(IEnumerable<string> texts, IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return [.. texts.Where(text => !IsPattern(text) && Matches(text, all).Count == 0)];
    }

    /// <summary>The pattern as a regular expression. A bracket that is not closed matches itself.</summary>
    private static string Expression(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var index = 0; index < pattern.Length; index++)
        {
            var end = pattern[index] == '[' ? pattern.IndexOf(']', index + 1) : -1;
            if (end > index + 1)
            {
                expression.Append('[').Append(Letters(pattern.Substring(index + 1, end - index - 1))).Append(']');
                index = end;
            }
            else
            {
                expression.Append(
                    pattern[index] switch { '*' => ".*", '?' => ".", var letter => Regex.Escape(letter.ToString()) });
            }
        }

        return expression.Append('$').ToString();
    }

    /// <summary>The character class of a bracket expression; <c>c-a</c> is not a range.</summary>
    private static string Letters(string between)
    {
        var letters = new StringBuilder();
        for (var index = 0; index < between.Length; index++)
        {
            var isRange = index + 2 < between.Length && between[index + 1] == '-' && between[index] <= between[index + 2];
            letters.Append(Escaped(between[index]));
            if (!isRange)
                continue;
            letters.Append('-').Append(Escaped(between[index + 2]));
            index += 2;
        }

        return letters.ToString();

        static string Escaped(char letter) => letter is '[' or ']' or '^' or '-' or '\\' ? "\\" + letter : letter.ToString();
    }
}
