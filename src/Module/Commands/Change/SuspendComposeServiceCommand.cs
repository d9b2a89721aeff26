using System.Management.Automation;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Pauses the running containers of services: their processes are frozen and keep their memory.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeContainer))]
public sealed class SuspendComposeServiceCommand : ServiceStateCommand
{
    private protected override ComposePlan Plan(ObservedState state, LifecycleRequest request) =>
        PauseAndKillPlanner.Pause(state, request);
}
