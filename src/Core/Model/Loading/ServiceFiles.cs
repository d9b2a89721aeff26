using Compose.Errors;
using Compose.Files;
using Compose.Files.Checks;
using Compose.Files.Interpolation;
using Compose.Files.Reading;
using Compose.Model.Binding;
using Compose.Yaml;

namespace Compose.Model.Loading;

/// <summary>
/// Reads the files of <c>env_file</c> and <c>label_file</c> and merges the service's own environment and labels over them. That
/// is a step after binding, because only services that are enabled and selected have their files read: a missing file of another
/// one is no error. It also needs the bound environment, whose variables an env_file may use.
/// </summary>
internal sealed class ServiceFiles
{
    private readonly ComposeTree _tree;
    private readonly LoadRequest _request;
    private readonly PathResolver _paths;
    private readonly Dictionary<string, Origin> _origins;

    private ServiceFiles(ComposeProject project, ComposeTree tree, LoadRequest request)
    {
        (_tree, _request) = (tree, request);
        _origins = project.ValueOrigins.ToDictionary(origin => origin.Key, origin => origin.Value, StringComparer.Ordinal);
        _paths = new PathResolver(tree.WorkingDirectory, Project("HOME") ?? Project("USERPROFILE"));
    }

    /// <summary>Reads the files of the project's enabled and selected services, and no others.</summary>
    /// <param name="project">The project.</param>
    /// <param name="tree">The merged compose files.</param>
    /// <param name="request">
    /// Whether to read the files, and whether they must exist. Without interpolation none is read, because names may have
    /// variables.
    /// </param>
    /// <param name="diagnostics">Receives the problems.</param>
    public static ComposeProject Read(ComposeProject project, ComposeTree tree, LoadRequest request, DiagnosticBag diagnostics)
    {
        if (!request.Interpolation || tree.Root.Map("services") is not { } services)
            return project;
        var files = new ServiceFiles(project, tree, request);
        var read = project.Services.ToDictionary(service => service.Key, WithFiles, StringComparer.Ordinal);
        return project with { Services = read, ValueOrigins = files._origins };

        ServiceDefinition WithFiles(KeyValuePair<string, ServiceDefinition> service) =>
            services.Map(service.Key) is { } node ? files.Read(service.Value, node, diagnostics) : service.Value;
    }

    private ServiceDefinition Read(ServiceDefinition service, YamlMapping tree, DiagnosticBag diagnostics)
    {
        var found = _request.ForCreation ? diagnostics : new DiagnosticBag();
        return service with
        {
            Environment = Environment(service, tree, found),
            EnvFiles = _request.EnvironmentResolution
                ? []
                : [
                    .. tree.Maps("env_file")
                    .Select(file =>
                        new EnvFileDefinition(file.Text("path") ?? "", file.Flag("required") ?? true, file.Text("format")))],
            Labels = Labels(service, tree, found),
            LabelFiles = [.. LabelFiles(tree).Select(file => _paths.Resolve(file.Text))],
            HasMissingFiles = !_request.ForCreation && found.HasErrors,
        };
    }

    private IReadOnlyDictionary<string, string?> Environment(
        ServiceDefinition service,
        YamlMapping tree,
        DiagnosticBag diagnostics)
    {
        if (!_request.EnvironmentResolution || tree["env_file"] is null)
            return service.Environment;
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var file in tree.Maps("env_file"))
        {
            // A line without '=' passes the project's variable through, if it is set.
            foreach (var entry in ReadEnvFile(file, service, result, diagnostics))
            {
                if ((entry.Value ?? Project(entry.Key)) is not { } value)
                    continue;
                result[entry.Key] = value;
                if (!service.Environment.ContainsKey(entry.Key))
                    _origins[$"services.{service.Name}.environment.{entry.Key}"] = OriginOf(entry, file);
            }
        }

        foreach (var variable in service.Environment)
            result[variable.Key] = variable.Value;
        return result;
    }

    private Origin OriginOf(DotEnvFile.Entry entry, YamlMapping file) => entry.Value is null
        ? _tree.VariableOrigin(entry.Key)
        : new Origin(PathOf(file), entry.Line, 1, 1, OriginLayer.EnvFile);

    private string PathOf(YamlMapping file) => _paths.Resolve(file.Text("path") ?? "");

    private static IEnumerable<YamlScalar> LabelFiles(YamlMapping tree) =>
        tree["label_file"] is YamlSequence files ? files.Items.OfType<YamlScalar>() : [];

    private IReadOnlyDictionary<string, string> Labels(ServiceDefinition service, YamlMapping tree, DiagnosticBag diagnostics)
    {
        if (tree["label_file"] is null)
            return service.Labels;
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in LabelFiles(tree))
        {
            var path = _paths.Resolve(file.Text);
            if (path.IndexOf('\0') >= 0)
                continue;
            foreach (var entry in Parse(path, file, raw: false, _ => null, diagnostics))
            {
                result[entry.Key] = entry.Value ?? "";
                _origins[$"services.{service.Name}.labels.{entry.Key}"] = new Origin(path, entry.Line, 1, 1, OriginLayer.EnvFile);
            }
        }

        foreach (var label in service.Labels)
            result[label.Key] = label.Value;
        return result;
    }

    private IReadOnlyList<DotEnvFile.Entry> ReadEnvFile(
        YamlMapping file,
        ServiceDefinition service,
        Dictionary<string, string?> earlier,
        DiagnosticBag diagnostics)
    {
        var path = PathOf(file);
        if (path.IndexOf('\0') >= 0)
            return [];
        if (!SourceFile.Exists(path) && file.Flag("required") == false)
            return [];
        return Parse(path, file["path"] ?? file, file.Text("format") == "raw", name =>
            Project(name) ?? (service.Environment.TryGetValue(name, out var own) ? own : null), diagnostics, earlier);
    }

    private static IReadOnlyList<DotEnvFile.Entry> Parse(
        string path,
        YamlNode place,
        bool raw,
        Func<string, string?> lookup,
        DiagnosticBag diagnostics,
        IReadOnlyDictionary<string, string?>? earlier = null)
    {
        if (!SourceFile.Exists(path))
        {
            diagnostics.Error(FileErrors.EnvFileNotFound, $"There is no file '{path}'.", place);
            return [];
        }

        if (SourceFile.TryReadVariables(path, diagnostics, out var reason) is not { } text)
        {
            diagnostics.Error(FileErrors.Unreadable, $"'{path}' cannot be read: {reason}", place);
            return [];
        }

        var problems = new List<DotEnvFile.Problem>();
        var entries = raw ? DotEnvFile.ParseRaw(text, problems) : DotEnvFile.Parse(text, lookup, problems, earlier);
        foreach (var problem in problems)
        {
            diagnostics.Add(
                DiagnosticSeverity.Error,
                FileErrors.BadEnvFile,
                problem.Message,
                path,
                problem.Line,
                problem.Column,
                problem.Column + 1);
        }

        return entries;
    }

    private string? Project(string name) => _tree.Environment.TryGetValue(name, out var value) ? value : null;
}
