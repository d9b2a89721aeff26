using System.Collections;
using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Module.Common;
using Compose.Module.Common.Host;

namespace Compose.Module.Completion;

/// <summary>The project and engine of the command line that is being completed.</summary>
internal sealed class CompletionScope
{
    private readonly IDictionary _bound;
    private readonly PathIntrinsics _path;

    /// <summary>The name in -ProjectName, or in COMPOSE_PROJECT_NAME if there are no compose files.</summary>
    private string? _name;

    private CompletionScope(IDictionary bound, PathIntrinsics path) => (_bound, _path) = (bound, path);

    /// <summary>Reads the parameters. Must run on the pipeline thread, which has the session's current directory.</summary>
    public static CompletionScope Read(IDictionary? bound)
    {
        var session = (EngineIntrinsics)ScriptBlock.Create("$ExecutionContext").Invoke()[0].BaseObject;
        var scope = new CompletionScope(bound ?? new Hashtable(), session.SessionState.Path);
        scope.Request = scope.LoadRequest();
        scope._name = scope.Text("ProjectName") ?? scope.NameWithoutFiles();
        return scope;
    }

    private string? NameWithoutFiles() => _bound.Contains("Path") ? null : ProjectLoader.NameWithoutFiles(Request);

    /// <summary>
    /// The load request: with all profiles, and without the checks that completion does not need.
    /// </summary>
    private LoadRequest Request { get; set; } = null!;

    /// <summary>Whether names come from compose files rather than from the engine.</summary>
    public bool HasFiles =>
        ProjectFiles.AreUsed(_bound.Contains("Path") || _bound.Contains("ProjectDirectory"), _name is null ? null : [_name]);

    /// <summary>The project of the files, or null.</summary>
    public ComposeProject? Project() => HasFiles ? ProjectLoader.Load(Request).Project : null;

    /// <summary>The project's name, or null if it is unknown.</summary>
    public string? ProjectName => _name ?? Project()?.Name;

    /// <summary>The name in -Stack, or null.</summary>
    public string? Stack => Text("Stack");

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
