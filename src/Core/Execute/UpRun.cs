using Compose.Errors;
using Compose.Events;
using Compose.Model;
using Compose.Plan;
using Compose.State;

namespace Compose.Execute;

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

    /// <summary>What has been carried out so far, or null.</summary>
    public ExecutionReport? Report => _report;

    /// <summary>Whether the stage at hand is the one that creates and starts.</summary>
    public bool IsConverging => _imagesDone;

    /// <summary>Whether nothing more is to come.</summary>
    public bool IsOver => _done;

    /// <summary>The next stage's plan, Images before Converge; null when there is nothing more. A stage with no step is left out, save the last.</summary>
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
    /// Carries a stage out; after a stage that failed there is no next one. But where it met what another run did meanwhile,
    /// the project is observed and planned again, a few times.
    /// </summary>
    public async Task<ExecutionReport> ExecuteAsync(ComposePlan plan, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        var report = await session.ExecuteAsync(plan, execute, sink, cancellationToken).ConfigureAwait(false);
        _report = _report is null ? report : _report.Then(report);
        if (_plannedAgain < MaxPlannings && report.Failed.Any(action => MetAnother(action.Error?.Id) && action.Step is not (CreateContainer { Source.OneOff: not null } or StartContainer { OneOff: true })))
        {
            sink.Emit(new VerboseEvent($"{report.Failed[0].Reason} Another run changes the project; it is planned again."));
            // The other run is in the midst of its work: what it does next is seen if it is given time.
            await Task.Delay(TimeSpan.FromMilliseconds(200 * ++_plannedAgain), cancellationToken).ConfigureAwait(false);
            (_imagesDone, _state, _report) = (true, null, _report.WithoutFailures());
            return report;
        }

        if (_imagesDone || !report.Succeeded)
        {
            _done = true;
            return report;
        }

        _imagesDone = true;
        _state = await session.RefreshImagesAsync(_state!, cancellationToken).ConfigureAwait(false);
        return report;
    }

    /// <summary>A name that was taken, a thing that is gone or being removed: nobody planned for it.</summary>
    private static bool MetAnother(string? error) =>
        error == EngineErrors.NameInUse.Id || error == EngineErrors.Conflict.Id || error == EngineErrors.ContainerNotFound.Id
        || error == EngineErrors.NetworkNotFound.Id || error == EngineErrors.VolumeNotFound.Id;
}
