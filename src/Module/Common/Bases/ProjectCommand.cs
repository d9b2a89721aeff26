using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Operations;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Files.Reading;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Model.Naming;
using Compose.Module.Common.Host;
using Compose.Module.Common.Output;
using Compose.Module.Common.Parameters;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;

namespace Compose.Module.Common;

/// <summary>The base of cmdlets that work on a project, given by its files or its name.</summary>
public abstract class ProjectCommand : EngineCommand
{
    /// <summary>The compose files, base first. Without it they are searched for from the current directory upwards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Path { get; set; }

    /// <summary>The project's name. Only cmdlets that work on several projects take several names, and wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string[]? ProjectName { get; set; }

    /// <summary>The directory relative paths in the files start from; without it, that of the first file.</summary>
    [Parameter]
    public string? ProjectDirectory { get; set; }

    /// <summary>The profiles to enable; * enables all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>Environment files to read instead of .env.</summary>
    [Parameter]
    public string[]? EnvFile { get; set; }

    /// <summary>Parsed files, cached in this process for all cmdlets; <see cref="DocumentCache"/> is thread-safe.</summary>
    internal static readonly DocumentCache Documents = new();

    /// <summary>Whether -ProjectName may have several names or wildcards. Otherwise they are errors.</summary>
    private protected virtual bool TakesProjects => false;

    /// <summary>The one name of -ProjectName, or null.</summary>
    private protected string? Project
    {
        get
        {
            if (ProjectName is { Length: > 1 })
                ThrowTerminatingError(ErrorRecords.From(SeveralProjects.Error(MyInvocation.MyCommand.Name, ProjectName)));
            return ProjectName?[0];
        }
    }

    /// <summary>Whether to use compose files. A project given only by name is read from its containers' labels.</summary>
    private protected bool HasFiles => ProjectFiles.AreUsed(NamesFiles, ProjectName);

    /// <summary>Whether -Path or -ProjectDirectory was given.</summary>
    private protected bool NamesFiles => Path is not null || ProjectDirectory is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (!(TakesProjects && !NamesFiles) && SeveralProjects.AreNamed(ProjectName))
            ThrowTerminatingError(ErrorRecords.From(SeveralProjects.Error(MyInvocation.MyCommand.Name, ProjectName!)));
        if (!TakesInput)
            TakeNameFromEnvironment();
    }

    /// <summary>If there are no compose files, uses COMPOSE_PROJECT_NAME as -ProjectName. Piped objects have their own.</summary>
    private protected void TakeNameFromEnvironment()
    {
        if (Path is null && ProjectName is null && LoadRequest() is { } request)
            ProjectName = ProjectLoader.NameWithoutFiles(request) is { } name ? [name] : null;
    }

    /// <summary>Loads the project, and writes its warnings and errors. Null if there are errors.</summary>
    private protected ComposeProject? LoadProject(
        Func<LoadRequest, LoadRequest>? change = null, IReadOnlyList<string>? paths = null)
    {
        if (LoadRequest(paths) is not { } request)
            return null;
        request = change?.Invoke(request) ?? request;
        // A credential_spec may be all that uses a config, which up has no use for.
        var result = Load(IsForSwarm ? request with { AllResources = true } : request);
        WriteDiagnostics(result.Diagnostics.Where(diagnostic => !(IsForSwarm && diagnostic.Id == FileErrors.SwarmOnly)));
        return result.Project;
    }

    /// <summary>Whether the project is loaded for a swarm, so that attributes for swarms need no warning.</summary>
    private protected virtual bool IsForSwarm => false;

    /// <summary>Loads off the pipeline thread, so that Ctrl+C works while standard input or a slow disk is read.</summary>
    private LoadResult Load(LoadRequest request) => Run((_, _) => Task.FromResult(ProjectLoader.Load(request)));

    /// <summary>Loads the project without the checks that only commands that create containers need.</summary>
    private protected ComposeProject? LoadUnchecked() =>
        LoadProject(request => request with { Consistency = false, ForCreation = false });

    /// <summary>The project's name, from its files or -ProjectName; null, with errors, if the files cannot be loaded.</summary>
    private protected string? FindProjectName() => HasFiles ? LoadUnchecked()?.Name : Project;

    /// <summary>The names of the projects on an engine: that of the files, or those that -ProjectName matches.</summary>
    private protected IReadOnlyList<string> Projects(ProjectSession session, ComposeProject? project) =>
        project is not null ? [project.Name]
        : FindProjects(session, ProjectName ?? []) is { } found ? [.. ProjectName!.SelectMany(found.Of).Distinct()]
        : [];

    /// <summary>
    /// Expands wildcards in the targets' project names to the engine's projects, and merges targets of one project.
    /// </summary>
    private protected IReadOnlyList<TargetList.Target> Projects(ProjectSession session, IEnumerable<TargetList.Target> targets)
    {
        var named = targets.ToList();
        return FindProjects(session, named.Select(target => target.ProjectName)) is { } found
            ? [.. TargetList.ByProject(named.SelectMany(target =>
                found.Of(target.ProjectName).Select(name => target with { ProjectName = name })))]
            : [];
    }

    private KnownProjects? FindProjects(ProjectSession session, IEnumerable<string> names) =>
        TryRun((_, cancellationToken) => session.Projects.FindAsync(names, IncludesUnusedProjects, cancellationToken));

    /// <summary>Whether a wildcard also matches projects that only have networks and volumes left.</summary>
    private protected virtual bool IncludesUnusedProjects => false;

    /// <summary>
    /// Whether files were given, or the compose files found here belong to the named project. Files with errors count too, so
    /// that loading them reports the errors.
    /// </summary>
    private protected bool HasFilesOf(string? name)
    {
        if (NamesFiles || name is null)
            return true;
        if (LoadRequest() is not { } request)
            return false;
        var found = Load(request with { ProjectName = null, Consistency = false, ForCreation = false });
        return found.Project is { } project
            ? project.Name == name
            : found.Diagnostics.All(diagnostic => diagnostic.Id != FileErrors.NoFile);
    }

    /// <summary>
    /// The services that names match; empty, for all, if there are no names. Null if wildcards match none, so that there is
    /// nothing to do.
    /// </summary>
    private protected static IReadOnlyList<string>? Named(ComposeProject project, string[]? names)
    {
        if (names is not { Length: > 0 })
            return [];
        var matches = NamePattern.Matches(names, project.Services.Keys);
        return matches.Count > 0 ? [.. matches] : null;
    }

    /// <summary>
    /// Whether a piped object has no property that identifies a project, service or container, and so would select everything.
    /// If so, writes the error.
    /// </summary>
    private protected bool IsUnidentified(PSObject? piped)
    {
        var names = Identity.Any(name => piped?.Properties[name]?.Value is not null);
        var isForeign = TakesInput && !(names && (ProjectName is not null || (NamesFiles && TakesFilesWithInput)));
        if (isForeign)
        {
            WriteError(ErrorRecords.From(names || ProjectName is null
                ? ModuleErrors.NotAComposeObject.Info("The piped object has no ProjectName: it is not from this module.", piped)
                : ModuleErrors.NotAComposeObject.Info("The piped object names neither a service nor a container.", piped,
                    "Pipe nothing, or what a cmdlet of this module returned.")));
        }

        return isForeign;
    }

    /// <summary>Adds a target from the parameters, or from the piped object.</summary>
    private protected void AddTarget(TargetList targets, PSObject? piped, string[]? service, string[]? container)
    {
        if (IsUnidentified(piped))
            return;
        var services = service ?? Users(piped);
        if (services is { Length: 0 })
            return;
        if (!HasFiles)
            targets.Add(EngineHost, ProjectName!, null, services, container);
        else if (LoadUnchecked() is { } project)
            targets.Add(EngineHost, [project.Name], project, services, container);
    }

    private static readonly string[] Identity = [nameof(ProjectName), "Service", "Container"];

    /// <summary>Whether a piped object that has only a service belongs to the project of -Path.</summary>
    private protected virtual bool TakesFilesWithInput => false;

    /// <summary>
    /// The services of a piped volume or network, so that it does not select its whole project; null for other objects.
    /// </summary>
    private static string[]? Users(PSObject? piped) =>
        piped is not null && (piped.Properties["Volume"] ?? piped.Properties["Network"]) is not null
        && piped.Properties["Services"] is { } users
        ? LanguagePrimitives.ConvertTo<string[]>(users.Value)
        : null;

    private protected void WriteDiagnostics(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
                WriteError(ErrorRecords.From(diagnostic));
            else
                WriteWarning(diagnostic.ToString());
        }
    }

    /// <summary>
    /// The load request, from the parameters and the session; null, with the error written, if a path cannot be resolved.
    /// </summary>
    private protected LoadRequest? LoadRequest(IReadOnlyList<string>? paths = null)
    {
        var files = paths ?? (Path is null ? [] : ResolveFiles(Path));
        if (files is null)
            return null;
        return new LoadRequest
        {
            WorkingDirectory = CurrentDirectory,
            Environment = HostEnvironment.Variables(),
            Paths = files,
            ProjectDirectory = ProjectDirectory is null ? null : ResolveLiteral(ProjectDirectory),
            ProjectName = Project,
            Profiles = Profile ?? [],
            EnvFiles = [.. (EnvFile ?? []).Select(ResolveLiteral)],
            Windows = HostEnvironment.IsWindows,
            StandardInput = Console.OpenStandardInput,
            Cache = Documents,
        };
    }
}
