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
/// Up in its two stages. The caller loops: <see cref="NextAsync"/> for a plan (null: over), approve it on its own thread,
/// <see cref="ExecuteAsync"/>. Ask for the plan again with answers before executing it as often as need be.
/// </summary>
internal sealed class UpRun(ProjectSession session, ComposeProject project, UpOptions options)
{
    private const int MaxPlannings = 5;
    private ObservedState? _state;
    private bool _imagesDone;
    private bool _done;
    private int _plannedAgain;
    private ExecutionReport? _report;

    /// <summary>The warnings already shown: planning the project again gives the same ones.</summary>
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _lacking = new Dictionary<string, string>();

    /// <summary>What has been carried out so far, or null.</summary>
    public ExecutionReport? Report => _report;

    /// <summary>
    /// Whether the containers are listed once all is done, and what should run then and does not counts as failed.
    /// </summary>
    public bool Looks { get; init; }

    /// <summary>The project's containers once all was done; null where nobody looked.</summary>
    public IReadOnlyList<ComposeContainer>? Containers { get; private set; }

    /// <summary>Whether the stage at hand is the one that creates and starts.</summary>
    public bool IsConverging => _imagesDone;

    /// <summary>Whether nothing more is to come.</summary>
    public bool IsOver => _done;

    /// <summary>
    /// The next stage's plan, Images before Converge; null when there is nothing more. A stage with no step is left out, save the
    /// last.
    /// </summary>
    public async Task<ComposePlan?> NextAsync(Answers answers, CancellationToken cancellationToken)
    {
        if (_done)
            return null;
        _state ??= await session.ObserveAsync(project, cancellationToken).ConfigureAwait(false);
        var context = session.Context(project, _state, options, answers);
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
    /// Carries a stage out. Where an image could not be had, the next stage goes on without what is made of it, unless nothing
    /// would be left of the run. Where a stage met what another run did meanwhile, the project is observed and planned again, a
    /// few times.
    /// </summary>
    public async Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        var told = plan.Without(_warned);
        _warned.UnionWith(plan.Warnings);
        execute = execute with { Lacking = _lacking };
        var report = await session.ExecuteAsync(told, execute, sink, cancellationToken).ConfigureAwait(false);
        _report = _report is null ? report : _report.Then(report);
        if (_plannedAgain < MaxPlannings
            && report.Failed.Any(action =>
                MetAnother(action.Error?.Id) && !IsOneOff(action.Step)))
        {
            sink.Emit(new VerboseEvent($"{report.Failed[0].Reason} Another run changes the project; it is planned again."));
            // The other run is in the midst of its work: what it does next is seen if it is given time.
            await Task.Delay(TimeSpan.FromMilliseconds(200 * ++_plannedAgain), cancellationToken).ConfigureAwait(false);
            (_imagesDone, _state, _report) = (true, null, _report.WithoutFailures());
            return report;
        }

        if (_imagesDone)
        {
            _done = true;
            if (Looks)
                await LookAsync(sink, cancellationToken).ConfigureAwait(false);
            return report;
        }

        _imagesDone = true;
        _state = await session.RefreshImagesAsync(_state!, cancellationToken).ConfigureAwait(false);
        _lacking = Lacking(report);
        _done = _lacking.Count > 0
            && (options.OneOff is not null || IsAllLacking(session.Context(project, _state, options, Answers.None)));
        return report;
    }

    private async Task LookAsync(IEventSink sink, CancellationToken cancellationToken) =>
        (_report, Containers) = await session.LookAsync(_report!, sink, cancellationToken).ConfigureAwait(false);

    private static string? ImageOf(PlanAction? step) => step switch
    {
        PullImage pull => pull.Image,
        BuildImage build => build.Image,
        _ => null,
    };

    /// <summary>The images that are not as they should be after the last step that was to make them so, each with why.</summary>
    private static Dictionary<string, string> Lacking(ExecutionReport report) => report.Actions
        .Select(action => (Image: ImageOf(action.Step), Action: action))
        .Where(step => step.Image is not null).GroupBy(step => step.Image!).Select(steps => steps.Last())
        .Where(step => step.Action.Status is "Failed" or "Skipped")
        .ToDictionary(
            step => step.Image!, step => $"{step.Action} {(step.Action.Status == "Failed" ? "failed" : "was skipped")}",
            StringComparer.Ordinal);

    private bool IsAllLacking(PlanContext context) =>
        ServiceOrder.Selected(context.Project, options).All(service => _lacking.ContainsKey(context.Project.ImageOf(service)));

    /// <summary>A name that was taken, a thing that is gone or being removed: nobody planned for it.</summary>
    private static bool MetAnother(string? error) =>
        error == EngineErrors.NameInUse.Id || error == EngineErrors.Conflict.Id || error == EngineErrors.ContainerNotFound.Id
        || error == EngineErrors.NetworkNotFound.Id
        || error == EngineErrors.VolumeNotFound.Id
        || error == EngineErrors.AlreadyConnected.Id;

    private static bool IsOneOff(PlanAction? step) =>
        step is CreateContainer { Blueprint: ContainerSource { OneOff: not null } } or StartContainer { OneOff: true };
}
