using System.Diagnostics;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Plan;

namespace Compose.Execute.Running;

/// <summary>
/// Executes a plan: each step runs as soon as the steps before it are done. A failure skips only the steps that need it.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="plan">The plan.</param>
/// <param name="options">How to execute it.</param>
/// <param name="sink">Receives progress, warnings and results.</param>
/// <param name="others">Executes the steps of a plan that is not a project's; null for a project's.</param>
internal sealed class PlanExecutor(
    EngineClient engine, ComposePlan plan, ExecuteOptions options, IEventSink sink, IStepRunner? others = null)
{
    private readonly Dictionary<int, TaskCompletionSource<ActionResult>> _results =
        plan.Actions.ToDictionary(
            action => action.Id, _ => new TaskCompletionSource<ActionResult>(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <exception cref="OperationCanceledException">Cancelled; running steps were interrupted.</exception>
    public async Task<ExecutionReport> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in plan.Warnings)
            sink.Emit(new WarningEvent(warning));
        var places = new StepLimit(options.ParallelLimit);
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

    /// <summary>The ids of stopped containers that still run.</summary>
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
            return await ContainerListCatchUp.WaitAsync(engine, plan.ProjectName, stopped, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            // The steps are done and reported, so a failed list is no failure.
            sink.Emit(new VerboseEvent(exception.Message));
            return [];
        }
    }

    private async Task<ActionResult> RunAsync(
        PlanAction action, ActionRunner runner, StepLimit places, CancellationToken cancellationToken)
    {
        var result = await ResultAsync(action, runner, places, cancellationToken).ConfigureAwait(false);
        _results[action.Id].SetResult(result);
        return result;
    }

    /// <summary>The result of a step that is skipped; null for any other step, once the steps before it are done.</summary>
    private async Task<ActionResult?> SkippedAsync(PlanAction action, CancellationToken cancellationToken)
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
        if (Images(action).FirstOrDefault(options.MissingImages.ContainsKey) is { } image)
            return Result(action, "Skipped", options.MissingImages[image]);
        if (action is BuildImage { UnlessPulledBy: { } pull }
            && (await _results[pull].Task.ConfigureAwait(false)).Status == "Done")
            return Result(action, "Done", "the image was pulled");
        return null;
    }

    private async Task<ActionResult> ResultAsync(
        PlanAction action, ActionRunner runner, StepLimit places, CancellationToken cancellationToken)
    {
        if (await SkippedAsync(action, cancellationToken).ConfigureAwait(false) is { } skipped)
            return skipped;

        // A wait does no work, so it does not count against the limit.
        var throttled = action is not (WaitForService or WaitForRollout or WaitForRemoval);
        if (throttled && !await places.EnterAsync(action.Id, cancellationToken).ConfigureAwait(false))
            return Result(action, "Skipped", "cancelled");
        var watch = Stopwatch.StartNew();
        try
        {
            sink.Emit(ProgressEvent.Running(Kind(action), action.Target, action.Action, "Working"));
            await (others is null ? runner.RunAsync(action, cancellationToken) : others.RunAsync(action, cancellationToken))
                .ConfigureAwait(false);
            sink.Emit(ProgressEvent.Ended(Kind(action), action.Target, action.Action, "Done"));
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
            // Catch everything, because later steps wait for this result.
            return Failed(action, ExecuteErrors.Unexpected.Info(exception.Message, action.Target), watch.Elapsed);
        }
        finally
        {
            if (throttled)
                places.Leave();
        }
    }

    /// <summary>The images that a step needs.</summary>
    private static IEnumerable<string> Images(PlanAction action) => action switch
    {
        CreateContainer create => create.Blueprint.Images,
        RunHookContainer hook => [hook.Image],
        _ => [],
    };

    private static ProgressKind Kind(PlanAction action) => action is PullImage ? ProgressKind.Pull : ProgressKind.Step;

    private ActionResult Failed(PlanAction action, ErrorInfo error, TimeSpan duration)
    {
        sink.Emit(ProgressEvent.Ended(Kind(action), action.Target, action.Action, "Failed"));
        if (Warning(action, error) is { } warning)
        {
            sink.Emit(warning);
            return Result(action, "Warned", error.Message) with { Error = error, Duration = duration };
        }

        return Result(action, "Failed", error.Message) with { Error = error, Duration = duration };
    }

    /// <summary>
    /// The warning to report instead of a failure that later steps do not depend on; null for any other failure.
    /// </summary>
    private static ComposeEvent? Warning(PlanAction action, ErrorInfo error) => action switch
    {
        PullImage { Optional: true } or PushImage { Optional: true } => new WarningEvent($"{action} failed: {error.Message}"),
        WaitForService { Optional: true } wait =>
            new WarningEvent($"Optional dependency '{wait.Service}' failed: {error.Message}"),
        // A container that has already ended needs no pre_stop hook.
        RunHook { Hook: "pre_stop" } when IsOfEndedContainer(error) => new VerboseEvent(error.Message),
        RunHook { Hook: "pre_stop" } hook =>
            new WarningEvent($"{hook.Container} is stopped although a hook failed: {error.Message}"),
        _ => null,
    };

    private static bool IsOfEndedContainer(ErrorInfo error) =>
        error.Id == EngineErrors.Conflict.Id || error.Id == EngineErrors.ContainerNotFound.Id;

    private static ActionResult Result(PlanAction action, string status, string? reason) =>
        new() { Action = action.Action, Target = action.Target, Status = status, Reason = reason, Step = action };
}
