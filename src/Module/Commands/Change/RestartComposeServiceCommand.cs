using System.Management.Automation;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>
/// Restarts the containers of services in place, dependencies first, with the services that ask to be restarted along
/// (depends_on: restart: true).
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeContainer))]
public sealed class RestartComposeServiceCommand : ServiceStateCommand
{
    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Leaves services alone that ask to be restarted along, and keeps no order.</summary>
    [Parameter]
    public SwitchParameter NoDependency { get; set; }

    private protected override LifecycleRequest Complete(LifecycleRequest request) =>
        request with { Timeout = Timeout, NoDependencies = NoDependency };

    private protected override ComposePlan Plan(ObservedState state, LifecycleRequest request) =>
        RestartPlanner.Plan(state, request);
}
