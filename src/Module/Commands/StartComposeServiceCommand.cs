using System.Management.Automation;
using Compose.Execute;
using Compose.Module.Common;
using Compose.Plan;
using Compose.State;

namespace Compose.Module.Commands;

/// <summary>Starts the stopped containers of services, dependencies first.</summary>
[Cmdlet(VerbsLifecycle.Start, "ComposeService", SupportsShouldProcess = true)]
[OutputType(typeof(ComposeContainer))]
public sealed class StartComposeServiceCommand : ServiceChangeCommand
{
    private protected override Task<ComposePlan> PlanAsync(ProjectSession session, LifecycleRequest request, CancellationToken cancellationToken) =>
        session.PlanStartAsync(request, cancellationToken);
}
