using System.Collections;
using System.Management.Automation;
using Compose.Errors;
using Compose.Files;
using Compose.Model;
using Compose.Module.Common.Output;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Common;

/// <summary>The common parameters of Invoke-ComposeUp and Get-ComposePlan.</summary>
public abstract class UpCommand : PlanCommand
{
    /// <summary>The parameter set for up, as opposed to -Down and -Replicas of Get-ComposePlan.</summary>
    private protected const string UpSet = "Up";

    /// <summary>The services to bring up, with what they depend on; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Replicas by service, over what the files say: @{ web = 3 }.</summary>
    [Parameter(ParameterSetName = UpSet)]
    [Replicas]
    public Hashtable? Scale { get; set; }

    /// <summary>Builds images even when they exist.</summary>
    [Parameter(ParameterSetName = UpSet)]
    public SwitchParameter Build { get; set; }

    /// <summary>Never builds an image.</summary>
    [Parameter(ParameterSetName = UpSet)]
    public SwitchParameter NoBuild { get; set; }

    /// <summary>When to pull, over every service's own policy.</summary>
    [Parameter(ParameterSetName = UpSet)]
    [ValidateSet("Always", "Missing", "Never")]
    public string? Pull { get; set; }

    /// <summary>Recreates containers that have not changed.</summary>
    [Parameter(ParameterSetName = UpSet)]
    public SwitchParameter ForceRecreate { get; set; }

    /// <summary>Keeps containers that have changed.</summary>
    [Parameter(ParameterSetName = UpSet)]
    public SwitchParameter NoRecreate { get; set; }

    /// <summary>With ForceRecreate, recreates what the named services depend on too.</summary>
    [Parameter(ParameterSetName = UpSet)]
    public SwitchParameter AlwaysRecreateDependency { get; set; }

    /// <summary>Gives recreated containers new anonymous volumes.</summary>
    [Parameter(ParameterSetName = UpSet)]
    public SwitchParameter RenewAnonymousVolume { get; set; }

    /// <summary>Leaves out what the named services depend on.</summary>
    [Parameter]
    public SwitchParameter NoDependency { get; set; }

    /// <summary>Removes containers of services the files no longer have.</summary>
    [Parameter]
    public SwitchParameter RemoveOrphan { get; set; }

    /// <summary>Creates networks and volumes too that no service uses.</summary>
    [Parameter(ParameterSetName = UpSet)]
    [Alias("AllResources")]
    public SwitchParameter AllResource { get; set; }

    /// <summary>
    /// The version of docker compose a new project is shared with, as 'docker compose version --short' prints it: 2.40.3.
    /// Without it COMPOSE_SHARED_VERSION says it, else it is the newest known. A project that exists keeps its own.
    /// </summary>
    [Parameter(ParameterSetName = UpSet)]
    [ValidateNotNullOrEmpty]
    public string? ComposeVersion { get; set; }

    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// The inputs of a plan, which -Plan compares later: the parameters, with absolute paths, and digests of the files.
    /// </summary>
    private protected PlanInputs Inputs(ComposeProject project)
    {
        var parameters = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var bound in MyInvocation.BoundParameters.Where(bound => PlanParameter.Is(bound.Key)))
            parameters[bound.Key] = PlanParameter.Saved(bound.Value);
        parameters["Path"] = project.Files.ToArray();
        parameters["ProjectName"] = project.Name;
        parameters["ProjectDirectory"] = project.WorkingDirectory;
        if (project.EnvironmentFiles.Count > 0)
            parameters["EnvFile"] = project.EnvironmentFiles.ToArray();
        return new PlanInputs
        {
            Parameters = parameters,
            Files = PlanInputs.Digests(project),
            Definitions = PlanInputs.DefinitionDigests(project),
        };
    }

    /// <summary>Sets the parameters to those of a reviewed plan, and resets those of a plan that was piped before.</summary>
    private protected void Take(ReviewedPlan plan)
    {
        foreach (var parameter in PlanParameter.All)
            parameter.Set(this, plan.Parameters.TryGetValue(parameter.Name, out var saved) ? saved : null);
    }

    /// <summary>
    /// The name of a parameter that was given in addition to a plan, which has its own; null if there is none. ProjectName is
    /// left out, because a piped plan binds it.
    /// </summary>
    private protected string? Overrides() =>
        MyInvocation.BoundParameters.Keys.FirstOrDefault(name => PlanParameter.Is(name) && name != nameof(ProjectName));

    /// <summary>Whether a selection without services is an error.</summary>
    private protected virtual bool NeedsService => true;

    /// <summary>The services of the loaded project that -Service matches.</summary>
    private protected IReadOnlyList<string> NamedServices { get; private set; } = [];

    /// <summary>
    /// The project with the services to bring up. Null, with an error, if it cannot be loaded or no service is selected; null
    /// without one if wildcards match none.
    /// </summary>
    private protected ComposeProject? LoadUp()
    {
        if (Contradicts(Conflict()) || LoadSelected() is not { } project || Named(project, Service) is not { } named)
            return null;
        if (NeedsService && !AllResource && project.Services.Count == 0)
        {
            var text = $"{project.Name}: no service selected.";
            WriteError(ErrorRecords.From(PlanErrors.NoServiceSelected.Info(text, project.Name)));
            return null;
        }

        NamedServices = named;
        return project;
    }

    private ComposeProject? LoadSelected()
    {
        if (!TakesInput || NamesFiles || Project is not { } name)
            return LoadProject(Selected);
        if (RecordedFiles(name) is not { } made)
            return null;
        return LoadProject(request => Selected(request) with
        {
            ProjectDirectory = request.ProjectDirectory ?? made.WorkingDirectory,
            EnvFiles = request.EnvFiles.Count > 0 ? request.EnvFiles : made.EnvironmentFiles,
        }, made.ConfigFiles);
    }

    private LoadRequest Selected(LoadRequest request) => request with
    {
        Services = Service ?? [], NoDependencies = NoDependency, AllResources = AllResource,
    };

    /// <summary>
    /// The compose files of a piped project, from its containers' labels; null, with an error, if they are not on this machine.
    /// </summary>
    private ComposeProjectInfo? RecordedFiles(string name)
    {
        if (Session(EngineHost) is not { } session
            || TryRun((_, cancellationToken) => session.Projects.ListAsync(true, cancellationToken)) is not { } projects)
            return null;
        var isHere = session.EngineHost.StartsWith("unix:", StringComparison.Ordinal)
            || session.EngineHost.StartsWith("npipe:", StringComparison.Ordinal);
        var made = projects.FirstOrDefault(project => project.ProjectName == name);
        if (made is { ConfigFiles.Count: > 0 } && isHere && made.ConfigFiles.All(File.Exists))
            return made;
        if (made is null)
        {
            WriteError(ErrorRecords.From(StateErrors.NoProject(session.EngineHost, name)));
            return null;
        }

        var cause = isHere
            ? $"{string.Join(", ", made.ConfigFiles.Where(file => !File.Exists(file)))} is not there"
            : $"its engine is {session.EngineHost}, and its files may be elsewhere";
        WriteError(
            ErrorRecords.From(
                ModuleErrors.ProjectFilesNotFound.Info(
                    $"The files project '{name}' was made from are not known: {cause}.", name)));
        return null;
    }

    private protected UpOptions UpOptions() => new()
    {
        Services = NamedServices,
        Scale = ReplicasAttribute.Read(Scale),
        Build = Build,
        NoBuild = NoBuild,
        Pull = Pull?.ToLowerInvariant(),
        ForceRecreate = ForceRecreate,
        NoRecreate = NoRecreate,
        AlwaysRecreateDependencies = AlwaysRecreateDependency,
        RenewAnonymousVolumes = RenewAnonymousVolume,
        NoDependencies = NoDependency,
        RemoveOrphans = RemoveOrphan,
        AllResources = AllResource,
        Release = ComposeVersion,
        Timeout = Timeout,
    };

    /// <summary>The message about parameters that contradict each other, or null.</summary>
    private protected virtual string? Conflict() =>
        Build && NoBuild ? "-Build and -NoBuild contradict each other."
        : ForceRecreate && NoRecreate ? "-ForceRecreate and -NoRecreate contradict each other."
        : NoRecreate && RenewAnonymousVolume ? "-NoRecreate and -RenewAnonymousVolume contradict each other."
        : NoRecreate && AlwaysRecreateDependency ? "-NoRecreate and -AlwaysRecreateDependency contradict each other."
        : null;
}
