using Compose.Errors;
using Compose.Files;
using Compose.Yaml;

namespace Compose.Model;

/// <summary>Binds the services and reads the files they name: env_file under environment, label_file under labels.</summary>
internal sealed class ServiceFiles
{
    private readonly ComposeTree _tree;
    private readonly DiagnosticBag _diagnostics;

    private ServiceFiles(ComposeTree tree, DiagnosticBag diagnostics) => (_tree, _diagnostics) = (tree, diagnostics);

    public static IReadOnlyList<ServiceDefinition> Apply(ComposeTree tree, DiagnosticBag diagnostics)
    {
        if (tree.Root.Map("services") is not { } services)
            return [];
        var files = new ServiceFiles(tree, diagnostics);
        return [.. services.Entries.Where(entry => entry.Value is YamlMapping).Select(entry => files.Bind(entry, (YamlMapping)entry.Value))];
    }

    private ServiceDefinition Bind(YamlEntry entry, YamlMapping tree)
    {
        var service = ServiceBinder.Bind(entry, tree);
        return service with
        {
            Environment = Environment(service, tree),
            Labels = Labels(service, tree),
            SecurityProfiles = SecurityProfiles.Read(service.SecurityOptions, _tree.WorkingDirectory),
            Build = service.Build is { } build ? build with { Args = Arguments(build) } : null,
        };
    }

    /// <summary>An argument without a value takes the project's; one that has none either is left out.</summary>
    private Dictionary<string, string?> Arguments(BuildDefinition build) => build.Args
        .Select(argument => new KeyValuePair<string, string?>(argument.Key, argument.Value ?? Project(argument.Key)))
        .Where(argument => argument.Value is not null)
        .ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal);

    private Dictionary<string, string?> Environment(ServiceDefinition service, YamlMapping tree)
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var file in tree.Maps("env_file"))
        {
            // A line that only names a variable passes the project's on, where there is one.
            foreach (var entry in ReadEnvFile(file, service, result))
            {
                if ((entry.Value ?? Project(entry.Key)) is { } value)
                    result[entry.Key] = value;
            }
        }

        foreach (var variable in service.Environment)
            result[variable.Key] = variable.Value ?? Project(variable.Key);
        return result;
    }

    private Dictionary<string, string> Labels(ServiceDefinition service, YamlMapping tree)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in tree["label_file"] is YamlSequence files ? files.Items.OfType<YamlScalar>() : [])
        {
            foreach (var entry in Parse(file.Text, file, raw: false, _ => null))
                result[entry.Key] = entry.Value ?? "";
        }

        foreach (var label in service.Labels)
            result[label.Key] = label.Value;
        return result;
    }

    private IReadOnlyList<DotEnvFile.Entry> ReadEnvFile(YamlMapping file, ServiceDefinition service, Dictionary<string, string?> earlier)
    {
        var path = file.Text("path") ?? "";
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

    private string? Project(string name) => _tree.Environment.TryGetValue(name, out var value) ? value : null;
}
