using Compose.Errors;
using Compose.Events;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Execute.Session;

/// <summary>
/// Up in two stages. The caller loops: <see cref="NextAsync"/> returns a plan, or null at the end; the caller approves it on its
/// own thread; <see cref="ExecuteAsync"/> executes it. A plan may be requested again, with answers, before it is executed.
/// </summary>
internal sealed class UpRun(ProjectSession session, ComposeProject project, UpOptions options)
{
    private const int MaxPlannings = 5;
    private ObservedProject? _observed;
    private bool _imagesDone;
    private bool _done;
    private int _plannedAgain;
    private ExecutionReport? _report;

    /// <summary>The warnings already shown, because planning again repeats them.</summary>
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _missingImages = new Dictionary<string, string>();

    /// <summary>The report of what has been executed so far, or null.</summary>
    public ExecutionReport? Report => _report;

    /// <summary>
    /// Whether the containers are listed at the end, and those that should run and do not are failures.
    /// </summary>
    public bool ChecksEffects { get; init; }

    /// <summary>The project's containers at the end; null if they were not listed.</summary>
    public IReadOnlyList<ComposeContainer>? Containers { get; private set; }

    /// <summary>Whether the current stage is the one that creates and starts containers.</summary>
    public bool IsConverging => _imagesDone;

    /// <summary>Whether there are no more stages.</summary>
    public bool IsOver => _done;

    /// <summary>
    /// The next stage's plan, Images before Converge; null at the end. A stage without steps is left out, except the last.
    /// </summary>
    public async Task<ComposePlan?> NextAsync(Answers answers, CancellationToken cancellationToken)
    {
        if (_done)
            return null;
        _observed ??= await session.ObserveAsync(project, cancellationToken).ConfigureAwait(false);
        var context = _observed.Context(options, answers);
        if (!_imagesDone)
        {
            var images = UpPlanner.Images(context);
            if (!images.IsEmpty)
                return images;
            _imagesDone = true;
        }

        return UpPlanner.Converge(context);
    }

    /// <summary>
    /// Executes a stage. If an image is missing, the next stage leaves out what needs it; if nothing would be left, the run ends.
    /// If another run has changed the project meanwhile, it is observed and planned again, up to a few times.
    /// </summary>
    public async Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        var unwarned = plan.Without(_warned);
        _warned.UnionWith(plan.Warnings);
        execute = execute with { MissingImages = _missingImages };
        var report = await session.ExecuteAsync(unwarned, execute, sink, cancellationToken).ConfigureAwait(false);
        _report = _report is null ? report : _report.Then(report);
        if (_plannedAgain < MaxPlannings
            && report.Failed.Any(action =>
                ShowsAnotherRun(action.Error?.Id) && !IsOneOff(action.Step)))
        {
            sink.Emit(new VerboseEvent($"{report.Failed[0].Reason} Another run changes the project; it is planned again."));
            // The other run is still working; wait, so that its next changes are observed too.
            await Task.Delay(TimeSpan.FromMilliseconds(200 * ++_plannedAgain), cancellationToken).ConfigureAwait(false);
            (_imagesDone, _observed, _report) = (true, null, _report.WithoutFailures());
            return report;
        }

        if (_imagesDone)
        {
            _done = true;
            if (ChecksEffects)
                await CheckAsync(sink, cancellationToken).ConfigureAwait(false);
            return report;
        }

        _imagesDone = true;
        _observed = await session.RefreshImagesAsync(_observed!, cancellationToken).ConfigureAwait(false);
        _missingImages = MissingImages(report);
        _done = _missingImages.Count > 0
            && (options.OneOff is not null || AreAllMissing(_observed.Context(options, Answers.None)));
        return report;
    }

    private async Task CheckAsync(IEventSink sink, CancellationToken cancellationToken) =>
        (_report, Containers) = await session.CheckAsync(_report!, sink, cancellationToken).ConfigureAwait(false);

    private static string? ImageOf(PlanAction? step) => step switch
    {
        PullImage pull => pull.Image,
        BuildImage build => build.Image,
        _ => null,
    };

    /// <summary>The images whose last step failed or was skipped, with the reason.</summary>
    private static Dictionary<string, string> MissingImages(ExecutionReport report) => report.Actions
        .Select(action => (Image: ImageOf(action.Step), Action: action))
        .Where(step => step.Image is not null).GroupBy(step => step.Image!).Select(steps => steps.Last())
        .Where(step => step.Action.Status is "Failed" or "Skipped")
        .ToDictionary(
            step => step.Image!, step => $"{step.Action} {(step.Action.Status == "Failed" ? "failed" : "was skipped")}",
            StringComparer.Ordinal);

    private bool AreAllMissing(PlanContext context) =>
        ServiceOrder.Selected(context.Project, options)
            .All(service => _missingImages.ContainsKey(context.Project.ImageOf(service)));

    /// <summary>Errors that show changes by another run: a name is taken, or an object is gone or being removed.</summary>
    private static bool ShowsAnotherRun(string? error) =>
        error == EngineErrors.NameInUse.Id || error == EngineErrors.Conflict.Id || error == EngineErrors.ContainerNotFound.Id
        || error == EngineErrors.NetworkNotFound.Id
        || error == EngineErrors.VolumeNotFound.Id
        || error == EngineErrors.AlreadyConnected.Id;

    private static bool IsOneOff(PlanAction? step) =>
        step is CreateContainer { Blueprint: ContainerSource { OneOff: not null } } or StartContainer { OneOff: true };
}
