using System.Management.Automation;
using Compose.Execute;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.State;

namespace Compose.Module.Common;

/// <summary>
/// A changer that takes services or containers from the pipeline. It collects them and acts at the end,
/// once per engine and project, so that order, throttle and request budget hold across the pipeline.
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

    /// <summary>An object of this module whose EngineHost, ProjectName, Service and Container say what to act on; of a volume or network, the services that use it.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, AddTarget);

    private void AddTarget()
    {
        if (IsForeign(InputObject))
            return;
        var services = Service ?? Users();
        if (services is { Length: 0 })
            return;
        if (!HasFiles && ProjectName is { } name)
            _targets.Add(EngineHost, name, null, services, Container);
        else if (LoadUnchecked() is { } project)
            _targets.Add(EngineHost, project.Name, project, services, Container);
    }

    /// <summary>A volume or network that is piped means the services that use it, not its whole project; null for anything else.</summary>
    private string[]? Users() => InputObject is { } piped && (piped.Properties["Volume"] ?? piped.Properties["Network"]) is not null && piped.Properties["Services"] is { } users
        ? LanguagePrimitives.ConvertTo<string[]>(users.Value)
        : null;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var target in _targets.ByProject())
        {
            if (Session(target.EngineHost) is not { } session)
                continue;
            var request = new LifecycleRequest { ProjectName = target.ProjectName, Project = target.Project, Services = target.Services, Containers = target.Containers };
            if (Agreed(session, Complete(request)) is { } plan && CarryOut(session, plan) is { LostEngine: false })
                WriteResult(session, request, plan);
        }
    }

    /// <summary>The plan; where the user does not agree that data is lost, the one that keeps it.</summary>
    private ComposePlan? Agreed(ProjectSession session, LifecycleRequest request)
    {
        var plan = Planned(session, request);
        return plan is null || AgreesToLoss(plan.Questions) ? plan : Planned(session, request with { Volumes = false });
    }

    private ComposePlan? Planned(ProjectSession session, LifecycleRequest request) =>
        TryRun((_, cancellationToken) => session.PlanLifecycleAsync(Plan, request, cancellationToken));

    /// <summary>The request with what this cmdlet's own parameters say.</summary>
    private protected virtual LifecycleRequest Complete(LifecycleRequest request) => request;

    /// <summary>The plan of one project.</summary>
    private protected abstract ComposePlan Plan(ObservedState state, LifecycleRequest request);

    /// <summary>Writes what the user asked to see of a project that was changed.</summary>
    private protected abstract void WriteResult(ProjectSession session, LifecycleRequest request, ComposePlan plan);
}
