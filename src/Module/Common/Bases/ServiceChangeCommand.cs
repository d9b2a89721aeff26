using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Common;

/// <summary>
/// The base of cmdlets that change services or containers from the pipeline. They collect them and act in EndProcessing, once for
/// each project, so that dependency order and the parallel limit apply across the pipeline.
/// </summary>
public abstract class ServiceChangeCommand : PlanCommand
{
    private readonly TargetList _targets = new();

    /// <summary>The services to act on; wildcards are allowed; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Single containers to act on, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Container { get; set; }

    /// <summary>The projects, by name; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? ProjectName { get; set; }

    /// <summary>
    /// An object of this module whose EngineHost, ProjectName, Service and Container say what to act on; of a volume or network,
    /// the services that use it.
    /// </summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        InputBinding.ForEach(this, () => AddTarget(_targets, InputObject, Service, Container));

    private protected override bool TakesProjects => true;

    /// <inheritdoc/>
    protected override void EndProcessing() => CarryOut(_targets, (session, target) =>
    {
        var request = new LifecycleRequest
        {
            ProjectName = target.ProjectName, Project = target.Project, Services = target.Services,
            Containers = target.Containers,
        };
        var complete = Complete(request);
        return Planned(session, complete) is { } plan
            ? new ProjectChange(session, plan, () => Planned(session, complete with { Volumes = false }), done =>
                WriteResult(session, request, done))
            : null;
    });

    private ComposePlan? Planned(ProjectSession session, LifecycleRequest request) =>
        TryRun((_, cancellationToken) => session.Plans.LifecycleAsync(Plan, request, cancellationToken));

    /// <summary>Adds the derived cmdlet's own parameters to the request.</summary>
    private protected virtual LifecycleRequest Complete(LifecycleRequest request) => request;

    /// <summary>Plans the change of one project.</summary>
    private protected abstract ComposePlan Plan(ObservedState state, LifecycleRequest request);

    /// <summary>Writes the results after a project was changed.</summary>
    private protected abstract void WriteResult(ProjectSession session, LifecycleRequest request, ComposePlan plan);
}
