using Compose.Plan;

namespace Compose.Execute.Running;

/// <summary>Executes single steps of a plan.</summary>
internal interface IStepRunner
{
    Task RunAsync(PlanAction action, CancellationToken cancellationToken);
}
