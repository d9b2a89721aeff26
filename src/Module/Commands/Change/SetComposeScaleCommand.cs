using System.Collections;
using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Module.Common;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Plan.Input;
using Compose.State;
using Compose.Swarm;
using Compose.Swarm.Operations;

namespace Compose.Module.Commands;

/// <summary>Sets how many containers services have. Without files, the newest replica is the pattern of new ones.</summary>
[Cmdlet(VerbsCommon.Set, "ComposeScale", SupportsShouldProcess = true, DefaultParameterSetName = "Service")]
[OutputType(typeof(ComposeContainer), typeof(ComposeStackService))]
public sealed class SetComposeScaleCommand : PlanCommand
{
    private readonly List<(string? EngineHost, string? Stack, string? Project, string Service, int Replicas)> _wanted = [];

    /// <summary>The services to scale; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Service", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    public string[] Service { get; set; } = [];

    /// <summary>How many containers each service shall have.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Service")]
    [ValidateRange(0, int.MaxValue)]
    public int Replicas { get; set; }

    /// <summary>Replicas by service: @{ web = 3; worker = 2 }.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Table")]
    [Replicas]
    public Hashtable Scale { get; set; } = [];

    /// <summary>The stack of a swarm whose services to scale.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Stack { get; set; }

    /// <summary>An object of this module whose EngineHost, ProjectName and Service say what to scale.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Leaves out what the services depend on.</summary>
    [Parameter]
    public SwitchParameter NoDependency { get; set; }

    /// <summary>
    /// The version of docker compose a new project is shared with, as 'docker compose version --short' prints it: 2.40.3.
    /// Without it COMPOSE_SHARED_VERSION says it, else it is the newest known. A project that exists keeps its own.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ComposeVersion { get; set; }

    /// <summary>Returns the containers afterwards, or the services of the stack.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, AddWanted);

    private void AddWanted()
    {
        if (IsUnidentified(InputObject) || Contradicts(Conflict()))
            return;
        var replicas = ParameterSetName == "Table"
            ? ReplicasAttribute.Read(Scale)
            : Service.Distinct().ToDictionary(service => service, _ => Replicas);
        _wanted.AddRange(replicas.Select(entry => (EngineHost, Stack, Project, entry.Key, entry.Value)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (var group in _wanted.GroupBy(wanted => (wanted.EngineHost, wanted.Stack, wanted.Project)))
        {
            var replicas = group.GroupBy(wanted => wanted.Service)
                .ToDictionary(service => service.Key, service => service.Last().Replicas, StringComparer.Ordinal);
            if (group.Key.Stack is { } stack)
                ScaleStack(group.Key.EngineHost, stack, replicas);
            else
                ScaleProject(group.Key.EngineHost, group.Key.Project, replicas);
        }
    }

    private string? Conflict() =>
        Stack is not null && (NamesFiles || Timeout is not null || NoDependency || ComposeVersion is not null)
            ? "-Stack scales services of a swarm; -Path, -ProjectDirectory, -Timeout, -NoDependency and -ComposeVersion are for "
                + "a project's containers."
            : null;

    private void ScaleStack(string? engineHost, string stack, Dictionary<string, int> replicas)
    {
        if (Session(engineHost) is not { } session)
            return;
        var stacks = new StackOperations(session);
        if (TryRun((_, cancellationToken) => stacks.ScalingAsync(stack, replicas, cancellationToken)) is not { } plan)
            return;
        WritePlan(plan);
        if (Approve(plan) is not { } options
            || Report(TryRun((sink, cancellationToken) =>
                stacks.ExecuteAsync(
                    plan, options, () => stacks.ScalingAsync(stack, replicas, cancellationToken), sink,
                    cancellationToken))) is not { LostEngine: false }
            || !PassThru)
            return;
        if (TryRun((_, cancellationToken) => stacks.ServicesAsync(stack, cancellationToken)) is not { } services)
            return;
        var named = NamePattern.Matches(replicas.Keys, services.Select(service => service.Service));
        WriteObject(services.Where(service => named.Contains(service.Service)), enumerateCollection: true);
    }

    private void ScaleProject(string? engineHost, string? name, Dictionary<string, int> replicas)
    {
        ComposeProject? project = null;
        if (HasFilesOf(name))
        {
            project = LoadProject(load => load with
            {
                ProjectName = name, Services = [.. replicas.Keys], NoDependencies = NoDependency,
            });
            if (project is null)
                return;
        }

        if (Session(engineHost) is not { } session)
            return;
        var request = new ScaleRequest
        {
            ProjectName = project?.Name ?? name!,
            Project = project,
            Replicas = replicas,
            NoDependencies = NoDependency,
            Timeout = Timeout,
            Release = ComposeVersion,
        };
        if (TryRun((_, cancellationToken) => session.Plans.ScaleAsync(request, cancellationToken)) is not { } plan
            || CarryOut(session, plan) is not { LostEngine: false }
            || !PassThru)
            return;
        var query = new ContainerQuery { ProjectName = request.ProjectName };
        if (TryRun((_, cancellationToken) => session.Containers.ListAsync(query, cancellationToken)) is not { } containers)
            return;
        var named = NamePattern.Matches(replicas.Keys, containers.Select(container => container.Service));
        WriteObject(containers.Where(container => named.Contains(container.Service)), enumerateCollection: true);
    }
}
