using System.Management.Automation;
using Compose.Execute;
using Compose.Module.Completion;
using Compose.Plan;

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

    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Returns the containers afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

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
            _targets.Add(new Target(EngineHost, name, Service ?? [], Container ?? []));
        else if (LoadProject(request => request with { Consistency = false }) is { } project)
            _targets.Add(new Target(EngineHost, project.Name, Service ?? [], Container ?? []));
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
                Services = all ? [] : [.. group.Where(target => target.Containers.Count == 0).SelectMany(target => target.Services).Distinct()],
                Containers = all ? [] : [.. group.SelectMany(target => target.Containers).Distinct()],
                Timeout = Timeout,
            };
            if (TryRun((_, cancellationToken) => PlanAsync(session, request, cancellationToken)) is { } plan && CarryOut(session, plan) is not null && PassThru)
                WriteContainers(session, request);
        }
    }

    /// <summary>The plan of one project.</summary>
    private protected abstract Task<ComposePlan> PlanAsync(ProjectSession session, LifecycleRequest request, CancellationToken cancellationToken);

    private void WriteContainers(ProjectSession session, LifecycleRequest request)
    {
        var query = new ContainerQuery { ProjectName = request.ProjectName, Services = request.Services, All = true };
        if (TryRun((_, cancellationToken) => session.GetContainersAsync(query, cancellationToken)) is { } containers)
            WriteObject(containers.Where(container => request.Containers.Count == 0 || request.Containers.Contains(container.Container)), enumerateCollection: true);
    }

    private sealed record Target(string? EngineHost, string ProjectName, IReadOnlyList<string> Services, IReadOnlyList<string> Containers);
}
