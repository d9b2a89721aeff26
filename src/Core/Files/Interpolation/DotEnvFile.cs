namespace Compose.Files.Interpolation;

/// <summary>Parses .env and <c>env_file</c> files: <c>KEY=value</c> lines with quotes, comments and variables.</summary>
internal static class DotEnvFile
{
    /// <summary>A variable; its value is null where the line has a name only.</summary>
    internal readonly record struct Entry(string Key, string? Value, int Line);

    /// <summary>A line with a syntax error.</summary>
    internal readonly record struct Problem(string Message, int Line, int Column);

    /// <param name="text">The file's text.</param>
    /// <param name="lookup">Looks up a variable that a value refers to, before those that <paramref name="earlier"/> or the file
    /// itself sets.</param>
    /// <param name="problems">Receives the syntax errors.</param>
    /// <param name="earlier">Variables of the files before this one; the file's own values replace them.</param>
    public static IReadOnlyList<Entry> Parse(
        string text, Func<string, string?> lookup, List<Problem> problems, IReadOnlyDictionary<string, string?>? earlier = null)
    {
        if (HoldsNul(text, problems))
            return [];
        var entries = new List<Entry>();
        var seen = earlier is null
            ? new(StringComparer.Ordinal)
            : earlier.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var scanner = new DotEnvScanner(
            text.TrimStart('\uFEFF').Replace("\r\n", "\n"),
            name => lookup(name) ?? (seen.TryGetValue(name, out var value) ? value : null), problems);
        while (scanner.Next() is { } entry)
        {
            entries.Add(entry);
            if (entry.Value is not null)
                seen[entry.Key] = entry.Value;
        }

        return entries;
    }

    /// <summary>
    /// Parses a file of <c>format: raw</c>: the value is everything after the first equals sign, without expansion.
    /// </summary>
    public static IReadOnlyList<Entry> ParseRaw(string text, List<Problem> problems)
    {
        if (HoldsNul(text, problems))
            return [];
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

    /// <summary>Reports a NUL character: neither an environment variable nor a path can have one.</summary>
    private static bool HoldsNul(string text, List<Problem> problems)
    {
        var at = text.IndexOf('\0');
        if (at < 0)
            return false;
        var lineStart = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var line = text.Take(at).Count(character => character == '\n') + 1;
        problems.Add(new("The file holds a NUL character; it is neither UTF-8 nor marked as UTF-16.", line, at - lineStart + 1));
        return true;
    }
}
