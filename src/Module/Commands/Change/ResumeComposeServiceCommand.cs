using System.Management.Automation;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Lets the paused containers of services go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeContainer))]
public sealed class ResumeComposeServiceCommand : ServiceStateCommand
{
    private protected override ComposePlan Plan(ObservedState state, LifecycleRequest request) =>
        PauseAndKillPlanner.Unpause(state, request);
}
