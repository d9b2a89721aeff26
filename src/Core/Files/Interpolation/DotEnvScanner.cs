using System.Text;

namespace Compose.Files.Interpolation;

/// <summary>Scans the text of a .env file, variable by variable.</summary>
/// <param name="text">The text, with LF line ends.</param>
/// <param name="lookup">Looks up a variable that a value refers to; null if it is not set.</param>
/// <param name="problems">Receives the syntax errors.</param>
internal sealed class DotEnvScanner(string text, Func<string, string?> lookup, List<DotEnvFile.Problem> problems)
{
    private readonly Interpolator _interpolator = new(lookup);
    private int _at;
    private int _line = 1;

    /// <summary>The next variable, or null at the end. Lines with a syntax error are reported and skipped.</summary>
    public DotEnvFile.Entry? Next()
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
                return new DotEnvFile.Entry(key, null, line);
            if (text[_at] is not ('=' or ':'))
            {
                Fail($"After the name '{key}' comes an equals sign.");
                continue;
            }

            _at++;
            SkipBlanks();
            return new DotEnvFile.Entry(key, Value(), line);
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
