using Compose.Errors;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>The variables of a project: the request's environment first, then the .env files.</summary>
internal sealed class ProjectEnvironment
{
    private readonly Dictionary<string, string> _variables;
    private readonly DiagnosticBag _diagnostics;

    public ProjectEnvironment(IReadOnlyDictionary<string, string> environment, bool windows, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _variables = new(windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var variable in environment)
            _variables[variable.Key] = variable.Value;
    }

    private ProjectEnvironment(Dictionary<string, string> variables, DiagnosticBag diagnostics) => (_variables, _diagnostics) = (variables, diagnostics);

    public IReadOnlyDictionary<string, string> Variables => _variables;

    public string? this[string name] => _variables.TryGetValue(name, out var value) ? value : null;

    public ProjectEnvironment Copy() => new(new Dictionary<string, string>(_variables, _variables.Comparer), _diagnostics);

    public void SetDefault(string name, string value)
    {
        if (!_variables.ContainsKey(name))
            _variables[name] = value;
    }

    /// <summary>Adds what the files define and the environment does not; a later file overrides an earlier one.</summary>
    public void AddFiles(IEnumerable<string> files, bool required, YamlNode? place = null)
    {
        var added = new Dictionary<string, string>(_variables.Comparer);
        foreach (var file in files)
        {
            if (Read(file, name => this[name] ?? (added.TryGetValue(name, out var value) ? value : null), required, place) is not { } entries)
                continue;
            foreach (var entry in entries)
            {
                if (entry.Value is not null)
                    added[entry.Key] = entry.Value;
            }
        }

        foreach (var variable in added)
            SetDefault(variable.Key, variable.Value);
    }

    /// <summary>Reads one file of variables; null when it is not there or cannot be read, with a diagnostic where that is wrong.</summary>
    private IReadOnlyList<DotEnvFile.Entry>? Read(string file, Func<string, string?> lookup, bool required, YamlNode? place)
    {
        if (!File.Exists(file))
        {
            if (required && place is not null)
                _diagnostics.Error(FileErrors.EnvFileNotFound, $"There is no environment file '{file}'.", place);
            else if (required)
                _diagnostics.Add(DiagnosticSeverity.Error, FileErrors.EnvFileNotFound, $"There is no environment file '{file}'.", file);
            return null;
        }

        if (SourceFile.TryRead(file, out var reason) is not { } text)
        {
            _diagnostics.Add(DiagnosticSeverity.Error, FileErrors.Unreadable, $"'{file}' cannot be read: {reason}", file);
            return null;
        }

        _diagnostics.Remember(file, text);
        var problems = new List<DotEnvFile.Problem>();
        var entries = DotEnvFile.Parse(text, lookup, problems);
        foreach (var problem in problems)
            _diagnostics.Add(DiagnosticSeverity.Error, FileErrors.BadEnvFile, problem.Message, file, problem.Line, problem.Column, problem.Column + 1);
        return entries;
    }
}
