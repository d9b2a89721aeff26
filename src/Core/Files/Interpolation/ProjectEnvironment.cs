using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Reading;
using Compose.Yaml;

namespace Compose.Files.Interpolation;

/// <summary>The variables of a project: the request's environment first, then the .env files.</summary>
internal sealed class ProjectEnvironment
{
    private static readonly Origin FromEnvironment = new(null, 0, 0, 0, OriginLayer.Environment);
    private readonly Dictionary<string, string> _variables;

    /// <summary>The origins of variables that are not from the request's environment.</summary>
    private readonly Dictionary<string, Origin> _origins;
    private readonly DiagnosticBag _diagnostics;

    public ProjectEnvironment(IReadOnlyDictionary<string, string> environment, bool windows, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _variables = new(windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _origins = new(_variables.Comparer);
        foreach (var variable in environment)
            _variables[variable.Key] = variable.Value;
    }

    private ProjectEnvironment(ProjectEnvironment other)
    {
        _diagnostics = other._diagnostics;
        _variables = new(other._variables, other._variables.Comparer);
        _origins = new(other._origins, other._origins.Comparer);
    }

    public IReadOnlyDictionary<string, string> Variables => _variables;

    public string? this[string name] => _variables.TryGetValue(name, out var value) ? value : null;

    /// <summary>Whether a switch such as COMPOSE_DISABLE_ENV_FILE is on.</summary>
    public bool IsOn(string name) => EnvironmentSwitch.IsOn(this[name]);

    /// <summary>The environment, the line of a .env file, or a default; a variable that is not set counts as a default.</summary>
    public Origin OriginOf(string name) =>
        _origins.TryGetValue(name, out var origin) ? origin : _variables.ContainsKey(name) ? FromEnvironment : new Origin(
            null, 0, 0, 0, OriginLayer.Default);

    public ProjectEnvironment Copy() => new(this);

    public void SetDefault(string name, string value) => SetDefault(name, value, new Origin(null, 0, 0, 0, OriginLayer.Default));

    private void SetDefault(string name, string value, Origin origin)
    {
        if (_variables.ContainsKey(name))
            return;
        _variables[name] = value;
        _origins[name] = origin;
    }

    /// <summary>
    /// Adds the variables of the files. A later file overrides an earlier one; variables that are already set stay.
    /// </summary>
    public void AddFiles(IEnumerable<string> files, bool required, YamlNode? place = null)
    {
        var added = new Dictionary<string, string>(_variables.Comparer);
        var places = new Dictionary<string, Origin>(_variables.Comparer);
        foreach (var file in files)
        {
            if (Read(
                file, name => this[name] ?? (added.TryGetValue(name, out var value) ? value : null), required,
                place) is not { } entries)
                continue;
            foreach (var entry in entries)
            {
                if (entry.Value is null)
                    continue;
                added[entry.Key] = entry.Value;
                places[entry.Key] = new Origin(file, entry.Line, 1, 1, OriginLayer.DotEnv);
            }
        }

        foreach (var variable in added)
            SetDefault(variable.Key, variable.Value, places[variable.Key]);
    }

    /// <summary>
    /// Reads a file of variables. Returns null with a diagnostic if it cannot be read; a missing file has one only if required.
    /// </summary>
    private IReadOnlyList<DotEnvFile.Entry>? Read(string file, Func<string, string?> lookup, bool required, YamlNode? place)
    {
        if (!SourceFile.Exists(file))
        {
            if (required && place is not null)
                _diagnostics.Error(FileErrors.EnvFileNotFound, $"There is no environment file '{file}'.", place);
            else if (required)
                _diagnostics.Add(
                    DiagnosticSeverity.Error, FileErrors.EnvFileNotFound, $"There is no environment file '{file}'.", file);
            return null;
        }

        if (SourceFile.TryReadVariables(file, _diagnostics, out var reason, passed: place is null) is not { } text)
        {
            if (place is not null)
                _diagnostics.Error(FileErrors.Unreadable, $"'{file}' cannot be read: {reason}", place);
            else
                _diagnostics.Add(DiagnosticSeverity.Error, FileErrors.Unreadable, $"'{file}' cannot be read: {reason}", file);
            return null;
        }

        var problems = new List<DotEnvFile.Problem>();
        var entries = DotEnvFile.Parse(text, lookup, problems);
        foreach (var problem in problems)
            _diagnostics.Add(
                DiagnosticSeverity.Error, FileErrors.BadEnvFile, problem.Message, file, problem.Line, problem.Column,
                problem.Column + 1);
        return entries;
    }
}
