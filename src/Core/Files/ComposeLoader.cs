using Compose.Errors;
using Compose.Files.Canonical;
using Compose.Files.Checks;
using Compose.Files.Interpolation;
using Compose.Files.Merging;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>
/// Loads the compose files of a project into one merged tree, in numbered phases. A phase adds problems to the diagnostics and
/// continues, so one load reports all of them.
/// </summary>
internal sealed class ComposeLoader
{
    private static readonly Shape ProjectShape = new SectionShape(ComposeSchema.Project);
    private readonly LoadRequest _request;
    private readonly DiagnosticBag _diagnostics;
    private readonly ProjectEnvironment _environment;
    private readonly FileReader _reader;
    private readonly TreeMerger _merger;
    private readonly VariableUses _uses = new();

    private ComposeLoader(LoadRequest request, DiagnosticBag diagnostics)
    {
        (_request, _diagnostics) = (request, diagnostics);
        _environment = new ProjectEnvironment(request.Environment, request.Windows, diagnostics);
        _reader = new FileReader(diagnostics, request.StandardInput, request.Cache);
        _merger = new TreeMerger(diagnostics);
    }

    /// <summary>Loads the project. Returns null when there is no file to load; problems are added to the diagnostics.</summary>
    public static ComposeTree? Load(LoadRequest request, DiagnosticBag diagnostics) =>
        new ComposeLoader(request, diagnostics).Load();

    /// <summary>Whether there is a compose file to load. Reads .env files first, because they may set COMPOSE_FILE.</summary>
    public static bool HasFiles(LoadRequest request)
    {
        var loader = new ComposeLoader(request, new DiagnosticBag());
        loader.Phase1Environment();
        return loader.Phase2Files().Count > 0;
    }

    private ComposeTree? Load()
    {
        var envFiles = Phase1Environment();
        var files = Phase2Files();
        if (files.Count == 0)
            return null;
        var directory = Phase3WorkingDirectory(files);
        var documents = Phase4Read(files);
        var name = Phase5ProjectName(documents, directory);
        var root = Phase6Merge(documents, directory);
        if (!_diagnostics.HasErrors && root?.Entries.Any(entry => entry.Name != "version") != true)
            ReportEmpty(files[0]);
        if (root is null)
            return null;
        return new ComposeTree
        {
            Root = root,
            ProjectName = name,
            WorkingDirectory = directory,
            Files = files,
            EnvironmentFiles = envFiles,
            Environment = _environment.Variables,
            Profiles = Phase7Profiles(),
            Uses = _uses,
            VariableOrigin = _environment.OriginOf,
        };
    }

    /// <summary>
    /// 1. The project's variables: the environment, then the files of -EnvFile, else of COMPOSE_ENV_FILES, else the .env in
    /// -ProjectDirectory or the current directory.
    /// </summary>
    private List<string> Phase1Environment()
    {
        _environment.SetDefault("PWD", _request.WorkingDirectory);
        var named = _request.EnvFiles.Count > 0
            ? _request.EnvFiles
            : _environment["COMPOSE_ENV_FILES"] is { Length: > 0 } listed ? listed.Split(',') : [];
        var files = named.Select(file => Full(file.Trim(), "COMPOSE_ENV_FILES")).OfType<string>().ToList();
        if (files.Count > 0)
            _environment.AddFiles(files, required: true);
        else
            AddDotEnv(_request.ProjectDirectory ?? _request.WorkingDirectory);
        return files;
    }

    /// <summary>2. The compose files.</summary>
    private IReadOnlyList<string> Phase2Files() => new FileDiscovery(_request, name => _environment[name], _diagnostics).Find();

    /// <summary>3. The project directory; its .env adds variables that are not set yet.</summary>
    private string Phase3WorkingDirectory(IReadOnlyList<string> files)
    {
        var first = files.FirstOrDefault(file => file != FileReader.StandardInput);
        var directory = _request.ProjectDirectory is { } asked
            ? Full(asked) ?? _request.WorkingDirectory
            : first is null ? _request.WorkingDirectory : Path.GetDirectoryName(first)!;
        if (_request.EnvFiles.Count == 0 && directory != _request.WorkingDirectory)
            AddDotEnv(directory);
        return directory;
    }

    /// <summary>4. The YAML documents of every file, as written.</summary>
    private List<YamlMapping> Phase4Read(IReadOnlyList<string> files)
    {
        var documents = new List<YamlMapping>();
        foreach (var file in files)
            documents.AddRange(_reader.Read(file, documents.Count == 0 ? OriginLayer.Base : OriginLayer.Override));
        return documents;
    }

    /// <summary>
    /// 5. The project's name: -ProjectName, else COMPOSE_PROJECT_NAME, else the last <c>name:</c>, else the directory's name.
    /// </summary>
    private string Phase5ProjectName(List<YamlMapping> documents, string directory)
    {
        var asked = _request.ProjectName is { Length: > 0 } given ? given : _environment["COMPOSE_PROJECT_NAME"];
        var name = asked is { Length: > 0 }
            ? asked
            : NameInFiles(documents) ?? ProjectNames.Normalize(Path.GetFileName(directory));
        if (!ProjectNames.IsValid(name))
            _diagnostics.Add(DiagnosticSeverity.Error, FileErrors.InvalidProjectName,
                name.Length == 0
                    ? "No project name can be made of the directory's name."
                    : $"'{name}' is not a valid project name.",
                null, advice: ProjectNames.Rule);
        _environment.SetDefault("COMPOSE_PROJECT_NAME", name);
        return name;
    }

    private string? NameInFiles(List<YamlMapping> documents)
    {
        var named = documents.LastOrDefault(document => document["name"] is YamlScalar { Value: string { Length: > 0 } });
        if (named?["name"] is not { } node)
            return null;
        return new VariableExpansion(name => _environment[name], new DiagnosticBag())
            .Expand(node) is YamlScalar { Value: string text }
            ? ProjectNames.Normalize(text)
            : null;
    }

    /// <summary>
    /// 6. Interpolates and checks each document, converts it to long form, resolves its includes and extends, and merges it over
    /// those before.
    /// </summary>
    private YamlMapping? Phase6Merge(List<YamlMapping> documents, string directory)
    {
        var files = new ComposeFileTree(_request, _environment, _diagnostics, _reader, _merger, _uses);
        YamlMapping? root = null;
        foreach (var document in documents)
        {
            var tree = files.Prepare(document, directory, []);
            root = root is null ? tree : (YamlMapping)_merger.Merge(root, tree, ProjectShape);
            root = TagRemover.Clean(root);
            new MergedCheck(_diagnostics).Run(root);
        }

        if (root is not null)
            new DefinitionCheck(_diagnostics).Run(root);
        return root;
    }

    /// <summary>7. The enabled profiles: -Profile, else COMPOSE_PROFILES.</summary>
    private IReadOnlyList<string> Phase7Profiles() =>
        _request.Profiles.Count > 0
            ? _request.Profiles
            : [
                .. (_environment["COMPOSE_PROFILES"] ?? "")
                .Split(',')
                .Select(profile => profile.Trim())
                .Where(profile => profile.Length > 0)];

    private string? Full(string path, string? variable = null)
    {
        var full = FullPath.Of(_request.WorkingDirectory, path);
        if (full is null)
        {
            var place = variable is null ? default : _environment.OriginOf(variable);
            _diagnostics.Error(FileErrors.InvalidPath, $"'{path}' is not a path.", place);
        }

        return full;
    }

    private void AddDotEnv(string directory)
    {
        if (!_environment.IsOn("COMPOSE_DISABLE_ENV_FILE") && FullPath.Of(directory, ".env") is { } file)
            _environment.AddFiles([file], required: false);
    }

    private void ReportEmpty(string file) => _diagnostics.Add(
        DiagnosticSeverity.Error,
        FileErrors.Empty,
        "The compose file is empty.",
        file,
        line: 1,
        column: 1,
        endColumn: 2,
        advice: "It needs at least 'services:' and one service.");
}
