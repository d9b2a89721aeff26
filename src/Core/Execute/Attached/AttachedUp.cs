using System.Diagnostics;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Operations;
using Compose.Execute.Session;
using Compose.Execute.Waiting;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Exec;
using Compose.Streams.Logs;

namespace Compose.Execute.Attached;

/// <summary>
/// An attached up: shows the containers' output until all have ended, until one ends that stops all, or until the user stops or
/// detaches.
/// </summary>
internal sealed class AttachedUp(
    ProjectSession session, ComposeProject project, UpRun run, AttachOptions options, AttachSignals signals)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>
    /// The result of the first container that ended, or of the service whose exit code was asked for; null if nothing was asked
    /// for or the container still runs.
    /// </summary>
    public ComposeCommandResult? Result { get; private set; }

    /// <summary>Executes a stage of up. The stage that starts containers also shows their output until the end.</summary>
    public async Task<ExecutionReport> ExecuteAsync(
        ComposePlan stage, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        execute = execute with { HookOutput = HookOutput(sink) };
        if (!run.IsConverging)
            return await run.ExecuteAsync(stage, execute, sink, cancellationToken).ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var detached = new CancellationTokenSource();
        using var watch = new ContainerEvents(session.Engine, project.Name);
        watch.Open();
        var since = await session.Engine.System.TimeAsync(cancellationToken).ConfigureAwait(false);
        var choice = new ContainerChoice
        {
            ProjectName = project.Name,
            Services = [.. options.Shown],
            Known = [.. options.Shown],
        };
        var request = new LogRequest { Choice = choice, Since = since, Follow = true };
        var reader = new LogReader(
            session.Engine, request, sink) { Live = new LiveOutput(session.Engine, () => session.Now, sink) };
        var showing = options.Shown.Count == 0
            ? Task.CompletedTask
            : reader.FollowAsync(session.Containers.Feed(project.Name), over.Token, detached.Token);
        try
        {
            var report = await StartAsync(stage, execute, sink, over).ConfigureAwait(false);
            if (report is { Succeeded: true } && !run.IsOver)
                return report;
            if (report is null || run.Report is { Succeeded: true })
            {
                var reporter = new EndReporter(options, () => session.Now, sink);
                await FollowUntilEndAsync(watch, since, showing, reporter, sink, cancellationToken).ConfigureAwait(false);
                detached.Cancel();
                await LastLinesAsync(showing, cancellationToken).ConfigureAwait(false);
                reporter.Finish();
            }

            return report ?? run.Report ?? new ExecutionReport { EngineHost = session.EngineHost, ProjectName = project.Name };
        }
        finally
        {
            over.Cancel();
            await Task.WhenAny(showing).ConfigureAwait(false);
        }
    }

    /// <summary>Null if the user stopped it before everything was started.</summary>
    private async Task<ExecutionReport?> StartAsync(
        ComposePlan stage, ExecuteOptions execute, IEventSink sink, CancellationTokenSource over)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        var starting = run.ExecuteAsync(stage, execute, sink, interrupted.Token);
        if (await Task.WhenAny(starting, signals.Stop).ConfigureAwait(false) == starting || starting.IsCompleted)
            return await starting.ConfigureAwait(false);
        interrupted.Cancel();
        try
        {
            return await starting.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            sink.Emit(new VerboseEvent("Stopped while containers were being started."));
            return null;
        }
    }

    /// <param name="watch">Signals changes of the containers.</param>
    /// <param name="since">When the first start began.</param>
    /// <param name="showing">Shows the output; an error of it ends the attached up.</param>
    /// <param name="reporter">Reports how the containers ended.</param>
    /// <param name="sink">Receives the events.</param>
    /// <param name="cancellationToken">Ends the attached up.</param>
    private async Task FollowUntilEndAsync(
        ContainerEvents watch,
        DateTime since,
        Task showing,
        EndReporter reporter,
        IEventSink sink,
        CancellationToken cancellationToken)
    {
        var ends = new ContainerExits(
            session.Engine, watch, since, [.. (await ContainersAsync(cancellationToken).ConfigureAwait(false)).Where(Counts)]);
        Task? stopping = null;
        Task? killing = null;
        for (var all = true; ; all = false)
        {
            await ends.PollAsync(all, cancellationToken).ConfigureAwait(false);
            SetResult(ends);
            var unreported = reporter.Look(ends, cancellationToken);
            if (ends.AllEnded)
                break;
            if (signals.Leave.IsCompleted)
                return;
            if (showing.IsFaulted)
                await showing.ConfigureAwait(false);
            if (stopping is null && (signals.Stop.IsCompleted || Aborts(ends)))
                stopping = StopAsync(sink, cancellationToken);
            if (killing is null && signals.Kill.IsCompleted)
                killing = KillAsync(sink, cancellationToken);
            var waits = new List<Task>(ends.Events) { signals.Leave };
            if (unreported is not null)
                waits.Add(unreported);
            if (!showing.IsCompleted)
                waits.Add(showing);
            waits.Add(stopping is null ? signals.Stop : killing is null ? signals.Kill : signals.Leave);
            if (stopping is { IsCompleted: false })
                waits.Add(stopping);
            await ContainerEvents.AnyAsync(waits, null, cancellationToken).ConfigureAwait(false);
        }

        foreach (var ended in new[] { stopping, killing }.OfType<Task>())
            await ended.ConfigureAwait(false);
    }

    /// <summary>Waits for the last lines: for all of them if all shown containers have ended, otherwise for a moment.</summary>
    private Task LastLinesAsync(Task showing, CancellationToken cancellationToken) =>
        !signals.Leave.IsCompleted && (options.Services.Count == 0 || options.Shown.All(options.Services.Contains))
            ? showing
            : Task.WhenAny(showing, Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken));

    private bool Aborts(ContainerExits ends) =>
        (options.AbortOnExit && ends.Ended.Any()) || (options.AbortOnFailure && ends.Ended.Any(end => end.Code != 0));

    /// <summary>The first end is the result, unless the exit code of a service was asked for.</summary>
    private void SetResult(ContainerExits ends)
    {
        if (Result is not null)
            return;
        var end = options.ExitCodeFrom is { } service ? ends.Ended.FirstOrDefault(ended => ended.Container.Service == service)
            : options.AbortOnFailure ? ends.Ended.FirstOrDefault(ended => ended.Code != 0)
                ?? (ends.AllEnded ? ends.Ended.FirstOrDefault() : null)
            : options.AbortOnExit ? ends.Ended.FirstOrDefault()
            : null;
        if (end is not null)
            Result = ExecOperations.Result(end.Container, []) with { ExitCode = end.Code, Duration = _clock.Elapsed };
    }

    private async Task StopAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        sink.Emit(new VerboseEvent($"The containers of {project.Name} are stopped."));
        var request = new LifecycleRequest
        {
            ProjectName = project.Name,
            Project = project,
            Services = [.. options.Services],
            Timeout = options.Timeout,
        };
        await CarryOutAsync(
            await session.Plans.LifecycleAsync(LifecyclePlanner.Stop, request, cancellationToken).ConfigureAwait(false), sink,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task KillAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        var request = new LifecycleRequest { ProjectName = project.Name, Project = project, Services = [.. options.Services] };
        await CarryOutAsync(
            await session.Plans.LifecycleAsync(PauseAndKillPlanner.Kill, request, cancellationToken).ConfigureAwait(false), sink,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes a plan. A container that has already ended or is gone is no error.</summary>
    private async Task CarryOutAsync(ComposePlan plan, IEventSink sink, CancellationToken cancellationToken)
    {
        var execute = new ExecuteOptions { HookOutput = HookOutput(sink) };
        var report = await session.ExecuteAsync(plan, execute, sink, cancellationToken).ConfigureAwait(false);
        foreach (var failed in report.Failed.Where(action =>
            action.Error is { } error && error.Id != EngineErrors.Conflict.Id && error.Id != EngineErrors.ContainerNotFound.Id))
            sink.Emit(new ErrorEvent(failed.Error!));
    }

    /// <summary>Shows the output of hooks of the shown services.</summary>
    private Func<HookSource, CommandOutput?> HookOutput(IEventSink sink) => source => options.Shown.Contains(source.Service)
        ? new CommandOutput.Lines(LineOf(source), () => session.Now, sink)
        : null;

    private ComposeLogEntry LineOf(HookSource source) => new()
    {
        EngineHost = session.EngineHost,
        ProjectName = project.Name,
        Service = source.Service,
        Container = source.Container,
        Replica = source.Replica,
        Hook = source.Hook,
    };

    private Task<IReadOnlyList<ComposeContainer>> ContainersAsync(CancellationToken cancellationToken) =>
        session.Containers.OfProjectAsync(project.Name, cancellationToken);

    private bool Counts(ComposeContainer container) => !container.OneOff
        && (
            options.Services.Count > 0
                ? options.Services.Contains(container.Service)
                : project.Services.ContainsKey(container.Service));
}
