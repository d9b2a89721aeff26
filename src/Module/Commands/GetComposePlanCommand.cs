using System.Management.Automation;
using Compose.Module.Common;
using Compose.Plan;

namespace Compose.Module.Commands;

/// <summary>Shows what Invoke-ComposeUp, Remove-ComposeProject or Set-ComposeScale would do, as objects: each action with its cause and the fields that changed.</summary>
[Cmdlet(VerbsCommon.Get, "ComposePlan", DefaultParameterSetName = UpSet)]
[OutputType(typeof(ComposePlan))]
public sealed class GetComposePlanCommand : UpCommand
{
    private const string DownSet = "Down";
    private const string ScaleSet = "Scale";

    /// <summary>Plans Remove-ComposeProject.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DownSet)]
    public SwitchParameter Down { get; set; }

    /// <summary>With Down: removes the volumes the files declare, and anonymous ones.</summary>
    [Parameter(ParameterSetName = DownSet)]
    public SwitchParameter Volume { get; set; }

    /// <summary>With Down: removes images: Local, those the project built; All, every image its services use.</summary>
    [Parameter(ParameterSetName = DownSet)]
    [ValidateSet("Local", "All")]
    public string? Image { get; set; }

    /// <summary>Plans Set-ComposeScale: how many containers the services named shall have.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScaleSet)]
    [ValidateRange(0, int.MaxValue)]
    public int Replicas { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var plan = ParameterSetName switch { DownSet => PlanDown(), ScaleSet => PlanScale(), _ => PlanUp() };
        if (plan is null)
            return;
        foreach (var warning in plan.Warnings)
            WriteWarning(warning);
        WriteObject(plan);
    }

    private ComposePlan? PlanUp()
    {
        if (LoadUp() is not { } project || Session(EngineHost) is not { } session)
            return null;
        var plan = TryRun((_, cancellationToken) => session.PlanUpAsync(project, UpOptions(), Answers.None, cancellationToken));
        if (plan is not null)
            plan.Inputs = Inputs(project);
        return plan;
    }

    private ComposePlan? PlanDown()
    {
        var project = HasFiles ? LoadProject(RemoveComposeProjectCommand.Everything) : null;
        if ((project is null && HasFiles) || Session(EngineHost) is not { } session)
            return null;
        var request = RemoveComposeProjectCommand.Request(project, ProjectName, Service, Volume, Image, RemoveOrphan, Timeout);
        return TryRun((_, cancellationToken) => session.PlanDownAsync(request, cancellationToken));
    }

    private ComposePlan? PlanScale()
    {
        if (Service is not { Length: > 0 } services)
        {
            WriteError(new ErrorRecord(new PSArgumentException("-Replicas needs -Service."), "ServiceRequired", ErrorCategory.InvalidArgument, null));
            return null;
        }

        var project = HasFiles ? LoadProject() : null;
        if ((project is null && HasFiles) || Session(EngineHost) is not { } session)
            return null;
        var request = new ScaleRequest { ProjectName = project?.Name ?? ProjectName!, Project = project, Replicas = services.ToDictionary(service => service, _ => Replicas), Timeout = Timeout };
        return TryRun((_, cancellationToken) => session.PlanScaleAsync(request, cancellationToken));
    }
}
