using System.Management.Automation;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Module.Common.Output;
using Compose.Plan;
using Compose.Plan.Input;

namespace Compose.Module.Commands;

/// <summary>
/// Shows what Invoke-ComposeUp, Remove-ComposeProject or Set-ComposeScale would do, as objects: each action with its cause and
/// the fields that changed.
/// </summary>
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
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    /// <summary>Plans Set-ComposeScale: how many containers the services named shall have.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScaleSet)]
    [ValidateRange(0, int.MaxValue)]
    public int Replicas { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if ((ParameterSetName switch { DownSet => DownPlan(), ScaleSet => ScalePlan(), _ => UpPlan() }) is not { } planning)
            return;
        foreach (var session in Sessions(EngineHost))
        {
            if (TryRun((_, cancellationToken) => planning(session, cancellationToken)) is not { } plan)
                continue;
            foreach (var warning in plan.Warnings)
                WriteWarning(warning);
            WriteObject(plan);
        }
    }

    private Func<ProjectSession, CancellationToken, Task<ComposePlan>>? UpPlan()
    {
        if (LoadUp() is not { } project)
            return null;
        var (options, inputs) = (UpOptions(), Inputs(project));
        return async (session, cancellationToken) =>
        {
            var plan = await session.Plans.UpAsync(project, options, Answers.None, cancellationToken).ConfigureAwait(false);
            plan.Inputs = inputs;
            return plan;
        };
    }

    private Func<ProjectSession, CancellationToken, Task<ComposePlan>>? DownPlan()
    {
        var project = HasFiles ? LoadProject(RemoveComposeProjectCommand.Everything) : null;
        if (project is null && HasFiles)
            return null;
        var request = RemoveComposeProjectCommand.Request(project, Project, Service, Volume, Image, RemoveOrphan, Timeout);
        return (session, cancellationToken) => session.Plans.DownAsync(request, cancellationToken);
    }

    private Func<ProjectSession, CancellationToken, Task<ComposePlan>>? ScalePlan()
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
        return (session, cancellationToken) => session.Plans.ScaleAsync(request, cancellationToken);
    }
}
