using System.Management.Automation;
using Compose.Module.Common;
using Compose.Module.Completion;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>
/// Stops the containers of services, dependents first, and keeps them. With -Kill or -Signal they get a signal at once.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "ComposeService", SupportsShouldProcess = true, DefaultParameterSetName = "Stop")]
[OutputType(typeof(ComposeContainer))]
public sealed class StopComposeServiceCommand : ServiceStateCommand
{
    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter(ParameterSetName = "Stop")]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Kills the containers: no grace, no order, one-offs of the services too.</summary>
    [Parameter(ParameterSetName = "Kill")]
    public SwitchParameter Kill { get; set; }

    /// <summary>The signal to send instead of SIGKILL: SIGHUP, HUP or 1.</summary>
    [Parameter(ParameterSetName = "Kill")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SignalCompleter))]
    public string Signal { get; set; } = "SIGKILL";

    /// <summary>Kills containers of services the files do not have, too.</summary>
    [Parameter(ParameterSetName = "Kill")]
    public SwitchParameter RemoveOrphan { get; set; }

    private protected override LifecycleRequest Complete(LifecycleRequest request) =>
        request with { Timeout = Timeout, Signal = Signal, Orphans = RemoveOrphan };

    private protected override ComposePlan Plan(ObservedState state, LifecycleRequest request) =>
        ParameterSetName == "Kill" ? PauseAndKillPlanner.Kill(state, request) : LifecyclePlanner.Stop(state, request);
}
