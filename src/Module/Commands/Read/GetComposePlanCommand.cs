using System.Management.Automation;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Swarm.Plan;
using Compose.Swarm.Run;

namespace Compose.Module.Commands;

/// <summary>
/// Shows what Invoke-ComposeUp, Remove-ComposeProject, Set-ComposeScale or Invoke-ComposeDeploy would do, as objects: each action
/// with its cause and the fields that changed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "ComposePlan", DefaultParameterSetName = UpSet)]
[OutputType(typeof(ComposePlan))]
public sealed class GetComposePlanCommand : UpCommand
{
    private const string DownSet = "Down";
    private const string ScaleSet = "Scale";
    private const string DeploySet = "Deploy";

    /// <summary>Plans Remove-ComposeProject.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DownSet)]
    public SwitchParameter Down { get; set; }

    /// <summary>With Down: removes the volumes the files declare, and anonymous ones.</summary>
    [Parameter(ParameterSetName = DownSet)]
    public SwitchParameter Volume { get; set; }

    /// <summary>With Down: removes images: Local, those the project built; All, every image its services use.</summary>
    [Parameter(ParameterSetName = DownSet)]
    [ValidateSet("Local", "All")]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Plans Set-ComposeScale: how many containers the services named shall have.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScaleSet)]
    [ValidateRange(0, int.MaxValue)]
    public int Replicas { get; set; }

    /// <summary>Plans Invoke-ComposeDeploy: what a swarm would get.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeploySet)]
    public SwitchParameter Deploy { get; set; }

    /// <summary>With Deploy: the stack's name; without it, the project's.</summary>
    [Parameter(ParameterSetName = DeploySet)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Stack { get; set; }

    /// <summary>With Deploy: services wait until those that they depend on are up.</summary>
    [Parameter(ParameterSetName = DeploySet)]
    public SwitchParameter Ordered { get; set; }

    /// <summary>With Deploy: removes what the stack has and the files do not.</summary>
    [Parameter(ParameterSetName = DeploySet)]
    public SwitchParameter Prune { get; set; }

    /// <summary>With Deploy: services that were scaled by hand get the files' number of replicas.</summary>
    [Parameter(ParameterSetName = DeploySet)]
    public SwitchParameter ResetScale { get; set; }

    /// <summary>With Deploy: when a registry is asked for an image's digest: Always, Changed or Never.</summary>
    [Parameter(ParameterSetName = DeploySet)]
    [ValidateSet("Always", "Changed", "Never")]
    public string ResolveImage { get; set; } = "Changed";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var planned = ParameterSetName switch
        {
            DownSet => DownPlan(), ScaleSet => ScalePlan(), DeploySet => DeployPlan(), _ => UpPlan(),
        };
        if (planned is not { } planning)
            return;
        foreach (var session in Sessions(EngineHost))
        {
            if (TryRun((sink, cancellationToken) => planning(session, sink, cancellationToken)) is not { } plan)
                continue;
            foreach (var warning in plan.Warnings)
                WriteWarning(warning);
            WriteObject(plan);
        }
    }

    private protected override bool IsForSwarm => ParameterSetName == DeploySet;

    private Func<ProjectSession, IEventSink, CancellationToken, Task<ComposePlan>>? UpPlan()
    {
        if (LoadUp() is not { } project)
            return null;
        var (options, inputs) = (UpOptions(), Inputs(project));
        return async (session, _, cancellationToken) =>
        {
            var plan = await session.Plans.UpAsync(project, options, Answers.None, cancellationToken).ConfigureAwait(false);
            plan.Inputs = inputs;
            return plan;
        };
    }

    private Func<ProjectSession, IEventSink, CancellationToken, Task<ComposePlan>>? DeployPlan()
    {
        if (Contradicts(
                Service is not null || NoDependency || RemoveOrphan || Timeout is not null
                    ? "-Deploy plans the whole stack: -Service, -NoDependency, -RemoveOrphan and -Timeout are for containers."
                    : null)
            || LoadProject() is not { } project)
            return null;
        var options = new DeployOptions
        {
            Stack = Stack,
            Ordered = Ordered,
            Prune = Prune,
            ResetScale = ResetScale,
            ResolveImage = ResolveImage.ToLowerInvariant(),
        };
        return (session, sink, cancellationToken) =>
            new DeployRun(session, project, options).ReviewAsync(sink, cancellationToken);
    }

    private Func<ProjectSession, IEventSink, CancellationToken, Task<ComposePlan>>? DownPlan()
    {
        var project = HasFiles ? LoadProject(RemoveComposeProjectCommand.Everything) : null;
        if (project is null && HasFiles)
            return null;
        var request = RemoveComposeProjectCommand.Request(project, Project, Service, Volume, Image, RemoveOrphan, Timeout);
        return (session, _, cancellationToken) => session.Plans.DownAsync(request, cancellationToken);
    }

    private Func<ProjectSession, IEventSink, CancellationToken, Task<ComposePlan>>? ScalePlan()
    {
        if (Service is not { Length: > 0 } services)
        {
            WriteError(ErrorRecords.From(ModuleErrors.ServiceRequired.Info("-Replicas needs -Service.")));
            return null;
        }

        var loads = HasFilesOf(Project);
        var project = loads ? LoadProject(request => request with { Services = services, NoDependencies = NoDependency }) : null;
        if (project is null && loads)
            return null;
        var request = new ScaleRequest
        {
            ProjectName = project?.Name ?? Project!, Project = project,
            Replicas = services.Distinct().ToDictionary(service => service, _ => Replicas),
            NoDependencies = NoDependency, Timeout = Timeout,
        };
        return (session, _, cancellationToken) => session.Plans.ScaleAsync(request, cancellationToken);
    }
}
