using Compose.Errors;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Checks;

/// <summary>Collects diagnostics, each once, and adds the text of their lines.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(string Id, DiagnosticSeverity Severity, string Message, string? File, int Line, int Column,
        string? Path)> _reported = [];
    private readonly HashSet<string> _errorPaths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    public IReadOnlyList<Diagnostic> All => _diagnostics;

    /// <summary>Whether there is an error for a path such as <c>services.web.ports</c>.</summary>
    public bool HasErrorAt(string path) => _errorPaths.Contains(path);

    public bool HasErrors => _diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Keeps a file's text, so that a diagnostic can show its line.</summary>
    public void Remember(string file, string text) => _texts[file] = text;

    public void Error(string id, string message, YamlNode? at, string? path = null, string? advice = null) =>
        Add(DiagnosticSeverity.Error, id, message, at?.File, at?.Line ?? 0, at?.Column ?? 0, at?.EndColumn ?? 0, path, advice);

    /// <summary>Reports a null where a value is required.</summary>
    public void ReportNull(YamlEntry entry, Shape shape, string path) => Error(
        FileErrors.WrongType, $"'{entry.Name}' must be {shape.Expected}, but it is empty.", entry.Key, path,
            "Give it a value, or remove it.");

    public void Warning(string id, string message, YamlNode? at, string? path = null, string? advice = null) =>
        Add(DiagnosticSeverity.Warning, id, message, at?.File, at?.Line ?? 0, at?.Column ?? 0, at?.EndColumn ?? 0, path, advice);

    public void Error(string id, string message, Origin at, string? path = null, string? advice = null) =>
        Add(DiagnosticSeverity.Error, id, message, at.File, at.Line, at.Column, at.EndColumn, path, advice);

    public void Warning(string id, string message, Origin at) =>
        Add(DiagnosticSeverity.Warning, id, message, at.File, at.Line, at.Column, at.EndColumn);

    public void Add(
        DiagnosticSeverity severity, string id, string message, string? file, int line =
            0, int column = 0, int endColumn = 0, string? path = null, string? advice = null)
    {
        // A YAML alias, or a file read twice, would repeat a diagnostic. LineText is left out: it follows from the line number.
        if (!_reported.Add((id, severity, message, file, line, column, path)))
            return;
        _diagnostics.Add(new Diagnostic
        {
            Id = id, Severity = severity, Message = message, File = file, Line = line, Column = column, EndColumn = endColumn,
            LineText = LineText(file, line), Path = path, Advice = advice,
        });
        if (severity == DiagnosticSeverity.Error && path is not null)
            _errorPaths.Add(path);
    }

    /// <summary>The text of a line. A file is split into lines at its first diagnostic only.</summary>
    private string? LineText(string? file, int line)
    {
        if (file is null || line <= 0 || !_texts.TryGetValue(file, out var text))
            return null;
        if (!_lines.TryGetValue(file, out var lines))
            _lines[file] = lines = [.. text.Split('\n').Select(read => read.TrimEnd('\r'))];
        return line <= lines.Length ? lines[line - 1] : null;
    }
}
