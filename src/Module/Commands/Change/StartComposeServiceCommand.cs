using System.Management.Automation;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>
/// Starts the stopped containers of services with what they depend on, dependencies first; a container that is named or piped,
/// alone.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeContainer))]
public sealed class StartComposeServiceCommand : ServiceStateCommand
{
    /// <summary>Waits until the services run, or are healthy where they have a healthcheck.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The longest wait; a number means seconds. Without it there is no limit.</summary>
    [Parameter]
    [Seconds]
    [NotNegative]
    public TimeSpan? WaitTimeout { get; set; }

    private protected override LifecycleRequest Complete(LifecycleRequest request) =>
        request with { Wait = Wait || WaitTimeout is not null, WaitTimeout = WaitTimeout };

    private protected override ComposePlan Plan(ObservedState state, LifecycleRequest request) =>
        StartPlanner.Plan(state, request);
}
