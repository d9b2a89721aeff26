using System.Text;
using System.Text.RegularExpressions;

namespace Compose.Images.Build;

/// <summary>The patterns of a .dockerignore. The last matching one decides; <c>!</c> includes a path again.</summary>
internal sealed class DockerIgnore
{
    private readonly List<(Regex Pattern, bool Takes)> _rules = [];

    public DockerIgnore(string text)
    {
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r').Trim();
            if (line.Length == 0 || raw.StartsWith("#", StringComparison.Ordinal))
                continue;
            var takesBack = line[0] == '!';
            var pattern = Clean(takesBack ? line.Substring(1).Trim() : line);
            if (line == "!" || !IgnorePattern.IsWellFormed(pattern))
                Malformed ??= (number, line);
            else if (pattern.Length > 0)
                _rules.Add((Compile(pattern), !takesBack));
        }
    }

    /// <summary>The first line with an invalid pattern, or null.</summary>
    public (int Line, string Pattern)? Malformed { get; }

    /// <summary>Whether there is a <c>!</c> pattern, so that excluded directories must be searched.</summary>
    public bool HasExceptions => _rules.Any(rule => !rule.Takes);

    /// <param name="path">The path relative to the context, with forward slashes.</param>
    public bool Ignores(string path)
    {
        var ignored = false;
        foreach (var (pattern, takes) in _rules)
        {
            if (takes != ignored && pattern.IsMatch(path))
                ignored = takes;
        }

        return ignored;
    }

    /// <summary>
    /// Normalizes a pattern: removes empty parts and <c>.</c>, and resolves <c>..</c>. A pattern that leads out of the context
    /// matches nothing.
    /// </summary>
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or "..") || (part == ".." && pattern[0] != '/'))
                parts.Add(part);
        }

        return string.Join("/", parts);
    }

    /// <summary>
    /// Converts a pattern to a regular expression. It matches a path and everything below it; ** matches across directories, *
    /// and ? do not.
    /// </summary>
    private static Regex Compile(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var index = 0; index < pattern.Length; index++)
        {
            var character = pattern[index];
            if (character == '*' && index + 1 < pattern.Length && pattern[index + 1] == '*')
            {
                index++;
                var slash = index + 1 < pattern.Length && pattern[index + 1] == '/';
                if (slash)
                    index++;
                expression.Append(slash ? "(?:.*/)?" : ".*");
            }
            else if (character == '[' && pattern.IndexOf(']', index + 1) is var close && close > 0)
            {
                expression.Append(pattern, index, close - index + 1);
                index = close;
            }
            else if (character == '\\' && index + 1 < pattern.Length)
            {
                expression.Append(Regex.Escape(pattern[++index].ToString()));
            }
            else
            {
                expression.Append(character switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(character.ToString()) });
            }
        }

        return new Regex(expression.Append("(?:/.*)?$").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
