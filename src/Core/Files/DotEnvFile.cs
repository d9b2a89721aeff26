using System.Text;

namespace Compose.Files;

/// <summary>Reads .env and env_file texts: <c>KEY=value</c> lines with quotes, comments and variables.</summary>
internal static class DotEnvFile
{
    /// <summary>A line: a key, and its value or null where the file only names the variable.</summary>
    internal readonly record struct Entry(string Key, string? Value, int Line);

    /// <summary>A line that cannot be read.</summary>
    internal readonly record struct Problem(string Message, int Line, int Column);

    /// <param name="text">The file's text.</param>
    /// <param name="lookup">Variables from outside; those set earlier come after.</param>
    /// <param name="problems">Receives what cannot be read.</param>
    /// <param name="earlier">What files before this one set; what this file sets again takes its place.</param>
    public static IReadOnlyList<Entry> Parse(string text, Func<string, string?> lookup, List<Problem> problems, IReadOnlyDictionary<string, string?>? earlier = null)
    {
        var entries = new List<Entry>();
        var seen = earlier is null ? new(StringComparer.Ordinal) : earlier.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var scanner = new Scanner(text.TrimStart('\uFEFF').Replace("\r\n", "\n"), name => lookup(name) ?? (seen.TryGetValue(name, out var value) ? value : null), problems);
        while (scanner.Next() is { } entry)
        {
            entries.Add(entry);
            if (entry.Value is not null)
                seen[entry.Key] = entry.Value;
        }

        return entries;
    }

    /// <summary>The raw format: everything after the first equals sign is the value, nothing is expanded.</summary>
    public static IReadOnlyList<Entry> ParseRaw(string text, List<Problem> problems)
    {
        var entries = new List<Entry>();
        var lines = text.TrimStart('\uFEFF').Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimEnd('\r').TrimStart();
            if (line.Length == 0 || line[0] == '#')
                continue;
            var equals = line.IndexOf('=');
            var key = equals < 0 ? line.Trim() : line.Substring(0, equals);
            if (key.Length == 0 || key.Any(char.IsWhiteSpace))
                problems.Add(new("A variable's name has no spaces.", index + 1, 1));
            else
                entries.Add(new(key, equals < 0 ? null : line.Substring(equals + 1), index + 1));
        }

        return entries;
    }

    private sealed class Scanner(string text, Func<string, string?> lookup, List<Problem> problems)
    {
        private readonly Interpolator _interpolator = new(lookup);
        private int _at;
        private int _line = 1;

        public Entry? Next()
        {
            while (SkipToKey())
            {
                var line = _line;
                if (Key() is not { } key)
                {
                    SkipLine();
                    continue;
                }

                SkipBlanks();
                if (_at >= text.Length || text[_at] == '\n')
                    return new Entry(key, null, line);
                if (text[_at] is not ('=' or ':'))
                {
                    Fail($"After the name '{key}' comes an equals sign.");
                    continue;
                }

                _at++;
                SkipBlanks();
                return new Entry(key, Value(), line);
            }

            return null;
        }

        private bool SkipToKey()
        {
            while (_at < text.Length)
            {
                if (text[_at] == '#')
                    SkipLine();
                else if (text[_at] == '\n')
                    (_at, _line) = (_at + 1, _line + 1);
                else if (char.IsWhiteSpace(text[_at]))
                    _at++;
                else
                    return true;
            }

            return false;
        }

        private string? Key()
        {
            if (string.CompareOrdinal(text, _at, "export", 0, 6) == 0 && _at + 6 < text.Length && text[_at + 6] is ' ' or '\t')
            {
                _at += 6;
                SkipBlanks();
            }

            var start = _at;
            while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '-' or '[' or ']'))
                _at++;
            if (_at > start)
                return text.Substring(start, _at - start);
            problems.Add(new($"'{text[_at]}' cannot begin a variable's name.", _line, Column()));
            return null;
        }

        private string Value() => _at >= text.Length ? "" : text[_at] switch
        {
            '\'' => Quoted('\''),
            '"' => Quoted('"'),
            _ => Unquoted(),
        };

        private string Unquoted()
        {
            var start = _at;
            SkipLine(stay: true);
            var value = text.Substring(start, _at - start);
            if (value.IndexOf(" #", StringComparison.Ordinal) is var comment and >= 0)
                value = value.Substring(0, comment);
            return Expand(value.Trim());
        }

        private string Quoted(char quote)
        {
            var (line, column) = (_line, Column());
            var value = new StringBuilder();
            for (_at++; _at < text.Length; _at++)
            {
                var character = text[_at];
                if (character == quote)
                {
                    _at++;
                    return quote == '"' ? Expand(value.ToString()) : value.ToString();
                }

                if (character == '\\' && _at + 1 < text.Length && Escape(quote, text[_at + 1]) is { } escaped)
                {
                    value.Append(escaped);
                    _at++;
                    continue;
                }

                if (character == '\n')
                    _line++;
                value.Append(character);
            }

            problems.Add(new("A quote is not closed.", line, column));
            return "";
        }

        private static string? Escape(char quote, char character) => (quote, character) switch
        {
            ('\'', '\'') => "'",
            ('"', 'n') => "\n",
            ('"', 'r') => "\r",
            ('"', 't') => "\t",
            ('"', 'a') => "\a",
            ('"', 'b') => "\b",
            ('"', 'f') => "\f",
            ('"', 'v') => "\v",
            ('"', '"') => "\"",
            ('"', '\\') => "\\",
            ('"', '$') => "$$",
            _ => null,
        };

        private string Expand(string value)
        {
            var expanded = _interpolator.Expand(value, out var failure);
            if (failure is not null)
                problems.Add(new(failure.Message, _line, 1));
            return expanded ?? "";
        }

        private void Fail(string message)
        {
            problems.Add(new(message, _line, Column()));
            SkipLine();
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && text[_at] is ' ' or '\t')
                _at++;
        }

        private void SkipLine(bool stay = false)
        {
            while (_at < text.Length && text[_at] != '\n')
                _at++;
            if (!stay && _at < text.Length)
                (_at, _line) = (_at + 1, _line + 1);
        }

        private int Column() => _at - (_at == 0 ? -1 : text.LastIndexOf('\n', Math.Min(_at, text.Length) - 1));
    }
}
