using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Plan;

namespace Compose.Swarm.Run;

/// <summary>Waits until the tasks of a service run, or says why they do not.</summary>
internal sealed class RolloutWait(EngineClient engine, StackWatch watch, string stack, IEventSink sink)
{
    /// <summary>How long a task may wait for a node: one may just be coming up, or another task may be leaving.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="ComposeException">RolloutFailed, NoSuitableNode, RolloutTimeout.</exception>
    public async Task RunAsync(WaitForRollout wait, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        (TimeSpan? steady, TimeSpan? blocked) since = (null, null);
        HashSet<string>? earlier = null;
        while (true)
        {
            var look = await watch.NextAsync(cancellationToken).ConfigureAwait(false);
            var service = look.Service(wait.Name) ?? throw Failure(wait, "it was removed meanwhile");
            var tasks = look.Tasks.Where(task => task.ServiceId == service.Id).ToList();
            earlier ??= [.. tasks.Where(IsOver).Select(task => task.Id)];
            var rollout = Rollout.Of(service, tasks, earlier, wait.IsRollback);
            sink.Emit(ProgressEvent.Running(ProgressKind.Wait, wait.Target, "Rollout", Shown(service, rollout)));
            since = (
                rollout.State == RolloutState.Running ? since.steady ?? clock.Elapsed : null,
                rollout.Blocked ? since.blocked ?? clock.Elapsed : null);
            if (rollout.State == RolloutState.Completed || IsUp(wait, service, clock.Elapsed - since.steady))
                break;
            if (rollout.State == RolloutState.Failed)
                throw await ExplainedAsync(wait, service, rollout, cancellationToken).ConfigureAwait(false);
            if (clock.Elapsed - since.blocked > Patience && TaskExplanation.LacksNode(rollout.Culprit))
                throw await NoNodeAsync(wait, service, rollout, cancellationToken).ConfigureAwait(false);
            if (clock.Elapsed > wait.Timeout)
                throw await LateAsync(wait, service, rollout, tasks, cancellationToken).ConfigureAwait(false);
        }

        sink.Emit(ProgressEvent.Ended(ProgressKind.Wait, wait.Target, "Rollout", "Running"));
    }

    /// <summary>
    /// An update that is complete has watched its tasks already. Without one, and before one has begun, they have to run for a
    /// while.
    /// </summary>
    private static bool IsUp(WaitForRollout wait, SwarmService service, TimeSpan? running) =>
        running is { } time && (service.UpdateStatus?.State is "completed" or "rollback_completed" || time >= wait.Steady);

    private static bool IsOver(SwarmTask task) => task.Status.State is "failed" or "rejected" or "complete" or "shutdown";

    private static string Shown(SwarmService service, Rollout rollout) =>
        service.UpdateStatus?.State is { } state and not "completed"
            ? $"{rollout.Text}, {state.Replace('_', ' ')}"
            : rollout.Text;

    private async Task<ComposeException> ExplainedAsync(
        WaitForRollout wait, SwarmService service, Rollout rollout, CancellationToken cancellationToken)
    {
        var details = await new TaskExplanation(engine, sink).OfAsync(service, rollout.Culprit, cancellationToken)
            .ConfigureAwait(false);
        return Failure(wait, rollout.Text + details);
    }

    private ComposeException Failure(WaitForRollout wait, string text) =>
        StackErrors.RolloutFailed.Exception($"Service '{wait.Service}' of stack '{stack}' did not come up: {text}", wait.Service);

    private async Task<ComposeException> NoNodeAsync(
        WaitForRollout wait, SwarmService service, Rollout rollout, CancellationToken cancellationToken)
    {
        var details = await new TaskExplanation(engine, sink).OfAsync(service, rollout.Culprit, cancellationToken)
            .ConfigureAwait(false);
        return StackErrors.NoSuitableNode.Exception(
            $"Service '{wait.Service}' of stack '{stack}' has {rollout.Text}{details}", wait.Service);
    }

    private async Task<ComposeException> LateAsync(
        WaitForRollout wait, SwarmService service, Rollout rollout, List<SwarmTask> tasks, CancellationToken cancellationToken)
    {
        var shown = rollout.Culprit
            ?? tasks.Where(task => task.Status.State is "failed" or "rejected"
                || (task.Status.State != "running" && task.DesiredState is "running" or "ready"))
                .OrderByDescending(task => task.Status.State is "failed" or "rejected")
                .ThenByDescending(task => task.CreatedAt).FirstOrDefault();
        var details = await new TaskExplanation(engine, sink).OfAsync(service, shown, cancellationToken).ConfigureAwait(false);
        return StackErrors.RolloutTimeout.Exception(
            $"Service '{wait.Service}' of stack '{stack}' has {rollout.Text} after "
                + TimeLimit.Format(wait.Timeout!.Value) + details,
            wait.Service);
    }
}
