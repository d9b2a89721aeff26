using System.Collections;
using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Module.Common;
using Compose.Module.Common.Host;

namespace Compose.Module.Completion;

/// <summary>What the command line says so far: the project and the engine that are meant.</summary>
internal sealed class CompletionScope
{
    private readonly IDictionary _bound;
    private readonly PathIntrinsics _path;

    /// <summary>The project that is named, by a parameter or by COMPOSE_PROJECT_NAME where there are no files.</summary>
    private string? _name;

    private CompletionScope(IDictionary bound, PathIntrinsics path) => (_bound, _path) = (bound, path);

    /// <summary>Must run on the pipeline's thread: only there the session's location is known.</summary>
    public static CompletionScope Read(IDictionary? bound)
    {
        var session = (EngineIntrinsics)ScriptBlock.Create("$ExecutionContext").Invoke()[0].BaseObject;
        var scope = new CompletionScope(bound ?? new Hashtable(), session.SessionState.Path);
        scope.Request = scope.LoadRequest();
        scope._name = scope.Text("ProjectName") ?? scope.NameWithoutFiles();
        return scope;
    }

    private string? NameWithoutFiles() => _bound.Contains("Path") ? null : ProjectLoader.NameWithoutFiles(Request);

    /// <summary>What the files are loaded with: every profile, and no check that a name does not need.</summary>
    private LoadRequest Request { get; set; } = null!;

    /// <summary>Whether the project's files say what there is; else the engine does.</summary>
    public bool HasFiles =>
        ProjectFiles.AreMeant(_bound.Contains("Path") || _bound.Contains("ProjectDirectory"), _name is null ? null : [_name]);

    /// <summary>The project of the files, or null.</summary>
    public ComposeProject? Project() => HasFiles ? ProjectLoader.Load(Request).Project : null;

    /// <summary>The name of the project that is meant; null where nothing says.</summary>
    public string? ProjectName => _name ?? Project()?.Name;

    public Task<ProjectSession> ConnectAsync(CancellationToken cancellationToken) =>
        ProjectSession.ConnectAsync(SessionRequest, cancellationToken);

    public SessionRequest SessionRequest => new()
    {
        EngineHost = Text("EngineHost"),
        Context = Text("Context"),
        Environment = HostEnvironment.Variables(),
        HomeDirectory = HostEnvironment.Home,
        IsWindows = HostEnvironment.IsWindows,
        Now = DateTime.UtcNow,
    };

    private LoadRequest LoadRequest() => new()
    {
        WorkingDirectory = _path.CurrentFileSystemLocation.ProviderPath,
        Environment = HostEnvironment.Variables(),
        Paths = [.. Texts("Path").Select(Resolve)],
        ProjectDirectory = Text("ProjectDirectory") is { } directory ? Resolve(directory) : null,
        ProjectName = Text("ProjectName"),
        Profiles = ["*"],
        EnvFiles = [.. Texts("EnvFile").Select(Resolve)],
        Windows = HostEnvironment.IsWindows,
        Consistency = false,
        ForCreation = false,
        AllResources = true,
        Cache = ProjectCommand.Documents,
    };

    private string Resolve(string path) => _path.GetUnresolvedProviderPathFromPSPath(path);

    private string? Text(string parameter) => Texts(parameter).FirstOrDefault();

    private IReadOnlyList<string> Texts(string parameter) => _bound[parameter] is { } value
        ? LanguagePrimitives.ConvertTo<string[]>(value)
        : [];
}
