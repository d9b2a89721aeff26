using System.Management.Automation;
using Compose.Execute.Session;
using Compose.Module.Common;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Removes the stopped containers of services; networks, named volumes and images stay.</summary>
[Cmdlet(VerbsCommon.Remove, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveComposeServiceCommand : ServiceChangeCommand
{
    /// <summary>Stops running containers first; without it they stay.</summary>
    [Parameter]
    public SwitchParameter Stop { get; set; }

    /// <summary>Removes the anonymous volumes of the containers too.</summary>
    [Parameter]
    [Alias("Volumes", "RemoveAnonymousVolume")]
    public SwitchParameter Volume { get; set; }

    /// <summary>How long a container may take to stop before it is killed; a number means seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Asks nothing, whatever $ConfirmPreference says; the data of anonymous volumes may go.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool AsksNothing => Force && !MyInvocation.BoundParameters.ContainsKey("Confirm");

    private protected override bool AnswersYes => Force || IsConfirmOff;

    private protected override LifecycleRequest Complete(LifecycleRequest request) =>
        request with { Stop = Stop, Volumes = Volume, Timeout = Timeout };

    private protected override ComposePlan Plan(ObservedState state, LifecycleRequest request) =>
        RemovePlanner.Plan(state, request);

    private protected override void WriteResult(ProjectSession session, LifecycleRequest request, ComposePlan plan)
    {
        // The containers no longer exist.
    }
}
