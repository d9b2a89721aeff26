using System.Management.Automation;
using Compose.Execute;
using Compose.Model;
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
    private readonly List<Target> _targets = [];

    /// <summary>The services to act on; without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Single containers to act on, by name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[]? Container { get; set; }

    /// <summary>An object of this module whose EngineHost, ProjectName, Service and Container say what to act on.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (MyInvocation.ExpectingInput && ProjectName is null)
        {
            WriteError(new ErrorRecord(new ArgumentException("The piped object has no ProjectName, so it is not of this module."),
                "NotAComposeObject", ErrorCategory.InvalidArgument, InputObject));
            return;
        }

        if (ProjectName is { } name && Path is null)
            _targets.Add(new Target(EngineHost, name, null, Service ?? [], Container ?? []));
        else if (LoadProject(request => request with { Consistency = false }) is { } project)
            _targets.Add(new Target(EngineHost, project.Name, project, Service ?? [], Container ?? []));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var group in _targets.GroupBy(target => (target.EngineHost, target.ProjectName)))
        {
            if (Session(group.Key.EngineHost) is not { } session)
                continue;
            // One record that names neither service nor container means the whole project.
            var all = group.Any(target => target.Services.Count == 0 && target.Containers.Count == 0);
            var request = new LifecycleRequest
            {
                ProjectName = group.Key.ProjectName,
                Project = group.Select(target => target.Project).FirstOrDefault(project => project is not null),
                Services = all ? [] : [.. group.Where(target => target.Containers.Count == 0).SelectMany(target => target.Services).Distinct()],
                Containers = all ? [] : [.. group.SelectMany(target => target.Containers).Distinct()],
            };
            if (TryRun((_, cancellationToken) => session.PlanLifecycleAsync(Plan, Complete(request), cancellationToken)) is { } plan && CarryOut(session, plan) is { LostEngine: false })
                WriteResult(session, request);
        }
    }

    /// <summary>The request with what this cmdlet's own parameters say.</summary>
    private protected virtual LifecycleRequest Complete(LifecycleRequest request) => request;

    /// <summary>The plan of one project.</summary>
    private protected abstract ComposePlan Plan(ObservedState state, LifecycleRequest request);

    /// <summary>Writes what the user asked to see of a project that was changed.</summary>
    private protected abstract void WriteResult(ProjectSession session, LifecycleRequest request);

    private sealed record Target(string? EngineHost, string ProjectName, ComposeProject? Project, IReadOnlyList<string> Services, IReadOnlyList<string> Containers);
}
