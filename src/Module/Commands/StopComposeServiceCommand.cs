using System.Management.Automation;
using Compose.Execute;
using Compose.Module.Common;
using Compose.Plan;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Stops the containers of services, dependents first, and keeps them.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeContainer))]
public sealed class StopComposeServiceCommand : ServiceChangeCommand
{
    private protected override Task<ComposePlan> PlanAsync(ProjectSession session, LifecycleRequest request, CancellationToken cancellationToken) =>
        session.PlanStopAsync(request, cancellationToken);
}
