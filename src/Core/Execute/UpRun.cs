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
    private ObservedState? _state;
    private bool _imagesDone;
    private bool _done;
    private ExecutionReport? _report;

    /// <summary>What has been carried out so far, or null.</summary>
    public ExecutionReport? Report => _report;

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

    /// <summary>Carries a stage out; after a stage that failed there is no next one.</summary>
    public async Task<ExecutionReport> ExecuteAsync(ComposePlan plan, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        var report = await session.ExecuteAsync(plan, execute, sink, cancellationToken).ConfigureAwait(false);
        _report = _report is null ? report : _report.Then(report);
        if (_imagesDone || !report.Succeeded)
        {
            _done = true;
            return report;
        }

        _imagesDone = true;
        _state = await session.RefreshImagesAsync(_state!, cancellationToken).ConfigureAwait(false);
        return report;
    }
}
