using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Plan;

namespace Compose.Execute.Running;

/// <summary>
/// Walks a plan: every step runs as soon as those before it are over. What fails takes only its dependents along.
/// </summary>
internal sealed class PlanExecutor(EngineClient engine, ComposePlan plan, ExecuteOptions options, IEventSink sink)
{
    private readonly Dictionary<int, TaskCompletionSource<ActionResult>> _results =
        plan.Actions.ToDictionary(
            action => action.Id, _ => new TaskCompletionSource<ActionResult>(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <exception cref="OperationCanceledException">Cancelled; steps under way were broken off.</exception>
    public async Task<ExecutionReport> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in plan.Warnings)
            sink.Emit(new WarningEvent(warning));
        var places = new StepPlaces(options.ParallelLimit);
        using var runner = new ActionRunner(engine, plan, options, sink);
        var all = Task.WhenAll(plan.Actions.Select(action => RunAsync(action, runner, places, cancellationToken)));
        await all.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var results = await all.ConfigureAwait(false);
        var done = results.Where(result => result.Status == "Done").Select(result => result.Step!);
        var running = await CatchUpAsync(runner, [.. done], cancellationToken).ConfigureAwait(false);
        return new ExecutionReport
        {
            EngineHost = plan.EngineHost,
            ProjectName = plan.ProjectName,
            Actions =
            [
                .. results.Select(result =>
                    running.Count > 0 && result.Step is StopContainer stop && running.Contains(runner.Id(stop.Reference))
                        ? StillRuns(result, stop)
                        : result),
            ],
        };
    }

    private static ActionResult StillRuns(ActionResult result, StopContainer stop)
    {
        var error = ExecuteErrors.WithoutEffect.Info(
            $"The engine said that it stopped container {stop.Container}, and it still runs.", result.Target);
        return result with { Status = "Failed", Reason = error.Message, Error = error };
    }

    /// <summary>The ids of the containers that were stopped and still run.</summary>
    private async Task<IReadOnlyList<string>> CatchUpAsync(
        ActionRunner runner, IReadOnlyList<PlanAction> done, CancellationToken cancellationToken)
    {
        var removed = done.OfType<RemoveContainer>().Select(step => runner.Id(step.Reference));
        var started = done.OfType<StartContainer>().Select(step => runner.Id(step.Reference));
        var stopped = done.OfType<StopContainer>()
            .Select(step => runner.Id(step.Reference))
            .Except(removed)
            .Except(started)
            .ToList();
        try
        {
            return await ListLag.CatchUpAsync(engine, plan.ProjectName, stopped, cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            // What was done is done, and the report tells of it.
            sink.Emit(new VerboseEvent(exception.Message));
            return [];
        }
    }

    private async Task<ActionResult> RunAsync(
        PlanAction action, ActionRunner runner, StepPlaces places, CancellationToken cancellationToken)
    {
        var result = await ResultAsync(action, runner, places, cancellationToken).ConfigureAwait(false);
        _results[action.Id].SetResult(result);
        return result;
    }

    /// <summary>
    /// The result of a step that need not, or must not, be carried out; null for any other, once all before it is done.
    /// </summary>
    private async Task<ActionResult?> PassedOverAsync(PlanAction action, CancellationToken cancellationToken)
    {
        foreach (var edge in action.After)
        {
            var before = await _results[edge.Id].Task.ConfigureAwait(false);
            if (before.Status is not ("Failed" or "Skipped"))
                continue;
            if (edge.Required)
                return Result(action, "Skipped", $"{before} {(before.Status == "Failed" ? "failed" : "was skipped")}");
            sink.Emit(new WarningEvent($"{action} goes on although {before} did not succeed: {before.Reason}"));
        }

        if (cancellationToken.IsCancellationRequested)
            return Result(action, "Skipped", "cancelled");
        if (options.Declined.Contains(action.Operation))
            return Result(action, "Skipped", "declined");
        if (Images(action).FirstOrDefault(options.Lacking.ContainsKey) is { } image)
            return Result(action, "Skipped", options.Lacking[image]);
        if (action is BuildImage { UnlessPulledBy: { } pull }
            && (await _results[pull].Task.ConfigureAwait(false)).Status == "Done")
            return Result(action, "Done", "the image was pulled");
        return null;
    }

    private async Task<ActionResult> ResultAsync(
        PlanAction action, ActionRunner runner, StepPlaces places, CancellationToken cancellationToken)
    {
        if (await PassedOverAsync(action, cancellationToken).ConfigureAwait(false) is { } passedOver)
            return passedOver;

        // A wait does no work, so it takes no place from those that do.
        var throttled = action is not WaitForService;
        if (throttled && !await places.EnterAsync(action.Id, cancellationToken).ConfigureAwait(false))
            return Result(action, "Skipped", "cancelled");
        var watch = Stopwatch.StartNew();
        try
        {
            sink.Emit(new ProgressEvent(action.Target, null, action.Action, "Working", null, null, false));
            await runner.RunAsync(action, cancellationToken).ConfigureAwait(false);
            sink.Emit(new ProgressEvent(action.Target, null, action.Action, "Done", null, null, true));
            return Result(action, "Done", null) with { Duration = watch.Elapsed };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Result(action, "Skipped", "cancelled") with { Duration = watch.Elapsed };
        }
        catch (ComposeException exception)
        {
            return Failed(action, exception.Info, watch.Elapsed);
        }
        catch (Exception exception)
        {
            // Whatever it is: the steps after this one wait for its end.
            return Failed(action, ExecuteErrors.Unexpected.Info(exception.Message, action.Target), watch.Elapsed);
        }
        finally
        {
            if (throttled)
                places.Leave();
        }
    }

    /// <summary>The images a step cannot do without.</summary>
    private static IEnumerable<string> Images(PlanAction action) => action switch
    {
        CreateContainer create => create.Blueprint.Images,
        RunHookContainer hook => [hook.Image],
        _ => [],
    };

    private ActionResult Failed(PlanAction action, ErrorInfo error, TimeSpan duration)
    {
        sink.Emit(new ProgressEvent(action.Target, null, action.Action, "Failed", null, null, true));
        if (Warning(action, error) is { } warning)
        {
            sink.Emit(warning);
            return Result(action, "Warned", error.Message) with { Error = error, Duration = duration };
        }

        return Result(action, "Failed", error.Message) with { Error = error, Duration = duration };
    }

    /// <summary>What to report instead of a failure that the steps after it can do without; null for any other.</summary>
    private static ComposeEvent? Warning(PlanAction action, ErrorInfo error) => action switch
    {
        PullImage { Optional: true } or PushImage { Optional: true } => new WarningEvent($"{action} failed: {error.Message}"),
        WaitForService { Optional: true } wait =>
            new WarningEvent($"Optional dependency '{wait.Service}' failed: {error.Message}"),
        // A container that ended meanwhile has nothing left to prepare for its stop.
        RunHook { Hook: "pre_stop" } when SaysEnded(error) => new VerboseEvent(error.Message),
        RunHook { Hook: "pre_stop" } hook =>
            new WarningEvent($"{hook.Container} is stopped although a hook failed: {error.Message}"),
        _ => null,
    };

    private static bool SaysEnded(ErrorInfo error) =>
        error.Id == EngineErrors.Conflict.Id || error.Id == EngineErrors.ContainerNotFound.Id;

    private static ActionResult Result(PlanAction action, string status, string? reason) =>
        new() { Action = action.Action, Target = action.Target, Status = status, Reason = reason, Step = action };
}
