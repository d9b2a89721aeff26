using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Module.Common;
using Compose.Module.Common.Host;
using Compose.Module.Common.Pipeline;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Commands;

/// <summary>Removes a project's containers and networks; volumes and images only when asked.</summary>
[Cmdlet(VerbsCommon.Remove, "ComposeProject", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveComposeProjectCommand : PlanCommand
{
    private readonly TargetList _targets = new();

    /// <summary>The projects to remove; wildcards are allowed; without it, the one of the files.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Project")]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? ProjectName { get; set; }

    /// <summary>The services to remove, by which networks stay; wildcards are allowed; without it, the whole project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
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
        if (IsUnidentified(InputObject))
            return;
        if (!HasFiles)
            _targets.Add(EngineHost, ProjectName!, null, Service, null);
        else if (LoadProject(Everything) is { } project)
            _targets.Add(EngineHost, [project.Name], project, Service, null);
    }

    private protected override bool TakesProjects => true;

    private protected override bool IncludesUnusedProjects => true;

    /// <inheritdoc/>
    protected override void EndProcessing() => CarryOut(_targets, (session, target) =>
    {
        var request = Request(target.Project, target.ProjectName, target.Services, Volume, Image, RemoveOrphan, Timeout);
        return Planned(session, request) is { } plan
            ? new ProjectChange(session, plan, () => Planned(session, request with { Volumes = false }), _ => { })
            : null;
    });

    private ComposePlan? Planned(ProjectSession session, DownRequest request) =>
        TryRun((_, cancellationToken) => session.Plans.DownAsync(request, cancellationToken));

    /// <summary>
    /// Loads all resources, because down also removes those that no service uses, and skips checks of the services.
    /// </summary>
    internal static LoadRequest Everything(LoadRequest request) => request with
    {
        Consistency = false, ForCreation = false, AllResources = true,
    };

    internal static DownRequest Request(
        ComposeProject? project, string? name, IReadOnlyList<string>? services, bool volumes, string? images, bool orphans,
        TimeSpan? timeout) => new()
    {
        ProjectName = project?.Name ?? name!,
        Project = project,
        Services = services ?? [],
        Volumes = volumes,
        Images = images,
        RemoveOrphans = orphans || (project?.Environment ?? HostEnvironment.Variables()).IsSet(ComposeVariables.RemoveOrphans),
        Timeout = timeout,
    };
}
