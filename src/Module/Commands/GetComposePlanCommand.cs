using System.Management.Automation;
using Compose.Module.Common;
using Compose.Plan;

namespace Compose.Module.Commands;

/// <summary>Shows what Invoke-ComposeUp would do, as objects: each action with its cause and the fields that changed.</summary>
[Cmdlet(VerbsCommon.Get, "ComposePlan")]
[OutputType(typeof(ComposePlan))]
public sealed class GetComposePlanCommand : UpCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (LoadUp() is not { } project || Session(EngineHost) is not { } session)
            return;
        var plan = TryRun((_, cancellationToken) => session.PlanUpAsync(project, UpOptions(), Answers.None, cancellationToken));
        if (plan is null)
            return;
        foreach (var warning in plan.Warnings)
            WriteWarning(warning);
        plan.Inputs = Inputs(project);
        WriteObject(plan);
    }
}
