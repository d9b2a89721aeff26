using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Plan;

namespace Compose.Swarm.Run;

/// <summary>
/// Executes a plan, and plans and executes again if somebody else, or the swarm itself, has changed the stack meanwhile: the
/// engine refuses an update of what is no longer the current version.
/// </summary>
/// <param name="execute">Executes a plan.</param>
/// <param name="plan">Plans again.</param>
internal sealed class Replanning(
    Func<ComposePlan, ExecuteOptions, Task<ExecutionReport>> execute, Func<Task<ComposePlan>> plan)
{
    private const int MaxPlannings = 5;

    public async Task<ExecutionReport> RunAsync(ComposePlan first, ExecuteOptions options, IEventSink sink)
    {
        var report = await execute(first, options).ConfigureAwait(false);
        var declined = first.Operations.Where(operation => options.Declined.Contains(operation.Id))
            .Select(operation => operation.ToString()).ToList();
        for (var planned = 1; planned < MaxPlannings && report.Failed.FirstOrDefault(ShowsAnotherRun) is { } failed; planned++)
        {
            sink.Emit(new VerboseEvent($"{failed.Reason} The stack has changed meanwhile; it is planned again."));
            var again = (await plan().ConfigureAwait(false)).Without([.. first.Warnings]);
            var refused = again.Operations.Where(operation => declined.Contains(operation.ToString()))
                .Select(operation => operation.Id);
            var next = await execute(again, options with { Declined = [.. refused] }).ConfigureAwait(false);
            report = report.WithoutFailures().Then(next);
        }

        return report;
    }

    /// <summary>
    /// Errors that show changes by another run: an old version, a name that is taken, or an object that is gone.
    /// </summary>
    private static bool ShowsAnotherRun(ActionResult action) =>
        action is { Step: not RollbackService, Error.Id: { } id }
            && (id == EngineErrors.OutOfSequence.Id || id == EngineErrors.NameInUse.Id || id == EngineErrors.NotFound.Id
                || id == EngineErrors.NetworkNotFound.Id || id == EngineErrors.Conflict.Id);
}
