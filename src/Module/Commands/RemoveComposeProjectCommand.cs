using System.Management.Automation;
using Compose.Execute;
using Compose.Files;
using Compose.Model;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.Plan;

namespace Compose.Module.Commands;

/// <summary>Removes a project's containers and networks; volumes and images only when asked.</summary>
[Cmdlet(VerbsCommon.Remove, "ComposeProject", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveComposeProjectCommand : PlanCommand
{
    private readonly List<(string? EngineHost, string? Project, string[] Services)> _projects = [];

    /// <summary>The services to remove, by which networks stay; wildcards are allowed; without it, the whole project.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Service { get; set; }

    /// <summary>Removes the volumes the files declare, and anonymous ones.</summary>
    [Parameter]
    [Alias("Volumes")]
    public SwitchParameter Volume { get; set; }

    /// <summary>Removes images: Local, those the project built; All, every image its services use.</summary>
    [Parameter]
    [ValidateSet("Local", "All")]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Removes containers of services the files do not have.</summary>
    [Parameter]
    public SwitchParameter RemoveOrphan { get; set; }

    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Removes volumes without asking, and so does -Confirm:$false.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>An object of this module whose EngineHost, ProjectName and Service say what to remove.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public PSObject? InputObject { get; set; }

    private protected override bool AnswersYes => Force || IsConfirmOff;

    /// <inheritdoc/>
    protected override void ProcessRecord() => InputBinding.ForEach(this, AddProject);

    private void AddProject()
    {
        if (!IsForeign(InputObject))
            _projects.Add((EngineHost, ProjectName, Service ?? []));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var removals = _projects.GroupBy(given => (given.EngineHost, given.Project))
            // One object that names no service means the whole project.
            .Select(group => Planned(group.Key.EngineHost, group.Key.Project,
                group.Any(given => given.Services.Length == 0) ? [] : [.. group.SelectMany(given => given.Services).Distinct()]))
            .OfType<PlannedRemoval>().ToList();
        var losesData = AgreesToLoss([.. removals.SelectMany(removal => removal.Plan.Questions)]);
        foreach (var removal in removals)
        {
            if (removal.Plan.Questions.Count == 0 || losesData)
                CarryOut(removal.Session, removal.Plan);
            else if (Planned(removal.Session, removal.Request with { Volumes = false }) is { } keeping)
                CarryOut(keeping.Session, keeping.Plan);
        }
    }

    private PlannedRemoval? Planned(string? engineHost, string? name, string[] services)
    {
        var loads = name is null || NamesFiles;
        var project = loads ? LoadProject(request => Everything(request) with { ProjectName = name }) : null;
        return (loads && project is null) || Session(engineHost) is not { } session
            ? null
            : Planned(session, Request(project, name, services, Volume, Image, RemoveOrphan, Timeout));
    }

    private PlannedRemoval? Planned(ProjectSession session, DownRequest request) =>
        TryRun((_, cancellationToken) => session.PlanDownAsync(request, cancellationToken)) is { } plan
            ? new(session, request, plan)
            : null;

    /// <summary>What is removed does not hang on whether a service uses it, nor on whether one can run.</summary>
    internal static LoadRequest Everything(LoadRequest request) => request with
    {
        Consistency = false, ForCreation = false, AllResources = true,
    };

    internal static DownRequest Request(ComposeProject? project, string? name, string[]? services, bool volumes, string? images, bool orphans, TimeSpan? timeout) => new()
    {
        ProjectName = project?.Name ?? name!,
        Project = project,
        Services = services ?? [],
        Volumes = volumes,
        Images = images,
        RemoveOrphans = orphans || (project?.Environment ?? HostEnvironment.Variables()).IsSet(ComposeVariables.RemoveOrphans),
        Timeout = timeout,
    };

    /// <summary>What is to be removed of one project.</summary>
    private sealed record PlannedRemoval(ProjectSession Session, DownRequest Request, ComposePlan Plan);
}
