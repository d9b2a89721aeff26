using Compose.Errors;
using Compose.Files;
using Compose.Yaml;

namespace Compose.Model;

/// <summary>Binds the services and reads the files they name: env_file under environment, label_file under labels.</summary>
internal sealed class ServiceFiles
{
    private readonly ComposeTree _tree;
    private readonly LoadRequest _request;
    private readonly PathResolver _paths;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, Origin> _origins = new(StringComparer.Ordinal);

    private ServiceFiles(ComposeTree tree, LoadRequest request, DiagnosticBag diagnostics)
    {
        (_tree, _request, _diagnostics) = (tree, request, diagnostics);
        _paths = new PathResolver(tree.WorkingDirectory, Project("HOME") ?? Project("USERPROFILE"));
    }

    /// <summary>The services, and by path where those of their values came from that stand in no compose file.</summary>
    /// <param name="tree">The merged files.</param>
    /// <param name="request">Whether the files are read: a name that holds a variable names none yet.</param>
    /// <param name="diagnostics">Takes what is wrong with them.</param>
    public static (IReadOnlyList<ServiceDefinition> Services, IReadOnlyDictionary<string, Origin> Origins) Apply(ComposeTree tree, LoadRequest request, DiagnosticBag diagnostics)
    {
        var files = new ServiceFiles(tree, request, diagnostics);
        return (files.Bind(request.Interpolation), files._origins);
    }

    private IReadOnlyList<ServiceDefinition> Bind(bool reads)
    {
        if (_tree.Root.Map("services") is not { } services)
            return [];
        return [.. services.Entries.Where(entry => entry.Value is YamlMapping).Select(entry => reads ? Bind(entry, (YamlMapping)entry.Value) : ServiceBinder.Bind(entry, (YamlMapping)entry.Value))];
    }

    private ServiceDefinition Bind(YamlEntry entry, YamlMapping tree)
    {
        var service = ServiceBinder.Bind(entry, tree);
        return service with
        {
            Environment = Environment(service, tree),
            EnvFiles = _request.EnvironmentResolution ? [] : [.. tree.Maps("env_file").Select(file => new EnvFileDefinition(file.Text("path") ?? "", file.Flag("required") ?? true, file.Text("format")))],
            Labels = Labels(service, tree),
            LabelFiles = [.. LabelFiles(tree).Select(file => _paths.Resolve(file.Text))],
            SecurityProfiles = SecurityProfiles.Read(service.SecurityOptions, _tree.WorkingDirectory),
            Build = service.Build is { } build ? build with { Args = Arguments(service, build) } : null,
        };
    }

    /// <summary>An argument without a value takes the project's; one that has none either is left out.</summary>
    private Dictionary<string, string?> Arguments(ServiceDefinition service, BuildDefinition build) => build.Args
        .Select(argument => new KeyValuePair<string, string?>(argument.Key, argument.Value ?? Project(argument.Key, $"services.{service.Name}.build.args")))
        .Where(argument => argument.Value is not null)
        .ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal);

    private Dictionary<string, string?> Environment(ServiceDefinition service, YamlMapping tree)
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var file in _request.EnvironmentResolution ? tree.Maps("env_file") : [])
        {
            // A line that only names a variable passes the project's on, where there is one.
            foreach (var entry in ReadEnvFile(file, service, result))
            {
                if ((entry.Value ?? Project(entry.Key)) is not { } value)
                    continue;
                result[entry.Key] = value;
                _origins[$"services.{service.Name}.environment.{entry.Key}"] = entry.Value is null ? _tree.VariableOrigin(entry.Key) : new Origin(_paths.Resolve(file.Text("path") ?? ""), entry.Line, 1, 1, OriginLayer.EnvFile);
            }
        }

        foreach (var variable in service.Environment)
            result[variable.Key] = variable.Value ?? Project(variable.Key, $"services.{service.Name}.environment");
        return result;
    }

    private static IEnumerable<YamlScalar> LabelFiles(YamlMapping tree) => tree["label_file"] is YamlSequence files ? files.Items.OfType<YamlScalar>() : [];

    private Dictionary<string, string> Labels(ServiceDefinition service, YamlMapping tree)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in LabelFiles(tree))
        {
            var path = _paths.Resolve(file.Text);
            foreach (var entry in Parse(path, file, raw: false, _ => null))
            {
                result[entry.Key] = entry.Value ?? "";
                _origins[$"services.{service.Name}.labels.{entry.Key}"] = new Origin(path, entry.Line, 1, 1, OriginLayer.EnvFile);
            }
        }

        foreach (var label in service.Labels)
            result[label.Key] = label.Value;
        return result;
    }

    private IReadOnlyList<DotEnvFile.Entry> ReadEnvFile(YamlMapping file, ServiceDefinition service, Dictionary<string, string?> earlier)
    {
        var path = _paths.Resolve(file.Text("path") ?? "");
        if (!File.Exists(path) && file.Flag("required") == false)
            return [];
        return Parse(path, file["path"] ?? file, file.Text("format") == "raw", name =>
            Project(name) ?? (service.Environment.TryGetValue(name, out var own) ? own : null), earlier);
    }

    private IReadOnlyList<DotEnvFile.Entry> Parse(string path, YamlNode place, bool raw, Func<string, string?> lookup, IReadOnlyDictionary<string, string?>? earlier = null)
    {
        if (!File.Exists(path))
        {
            _diagnostics.Error(FileErrors.EnvFileNotFound, $"There is no file '{path}'.", place);
            return [];
        }

        if (SourceFile.TryRead(path, out var reason) is not { } text)
        {
            _diagnostics.Error(FileErrors.Unreadable, $"'{path}' cannot be read: {reason}", place);
            return [];
        }

        _diagnostics.Remember(path, text);
        var problems = new List<DotEnvFile.Problem>();
        var entries = raw ? DotEnvFile.ParseRaw(text, problems) : DotEnvFile.Parse(text, lookup, problems, earlier);
        foreach (var problem in problems)
            _diagnostics.Add(DiagnosticSeverity.Error, FileErrors.BadEnvFile, problem.Message, path, problem.Line, problem.Column, problem.Column + 1);
        return entries;
    }

    /// <summary>A variable of the project, and in whose name it is passed on.</summary>
    private string? Project(string name, string? path = null)
    {
        if (!_tree.Environment.TryGetValue(name, out var value))
            return null;
        if (path is not null)
            _origins[$"{path}.{name}"] = _tree.VariableOrigin(name);
        return value;
    }
}
