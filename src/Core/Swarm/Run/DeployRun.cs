using Compose.Errors;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Plan;
using Compose.Swarm.Observe;
using Compose.Swarm.Plan;
using Compose.Swarm.Specs;

namespace Compose.Swarm.Run;

/// <summary>
/// A deployment: observes, plans, and executes the plan. If another deployment changes the stack meanwhile, it observes and plans
/// again, so that both end with what their files want.
/// </summary>
internal sealed class DeployRun(ProjectSession session, ComposeProject project, DeployOptions options)
{
    private readonly StackReader _reader = new(session.Engine);
    private readonly HashSet<string> _unresolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pinned = new(StringComparer.Ordinal);
    private StackSpec? _wanted;
    private ObservedStack? _state;

    public string Stack => options.Stack ?? project.Name;

    /// <summary>Whether the swarm goes on with a rollout when the run is stopped now.</summary>
    public bool IsWaiting => _runner?.IsWaiting == true;

    private StackRunner? _runner;

    /// <summary>What the file cannot have on a swarm; empty if it can be deployed.</summary>
    public IReadOnlyList<ErrorInfo> Refusals => Wanted.Refusals;

    private StackSpec Wanted => _wanted ??= StackSpecs.Make(project, new StackRequest
    {
        Stack = Stack,
        ApiMinor = session.Engine.ApiVersion.Minor,
        Ordered = options.Ordered,
        Contents = StackContents.Read(project),
    });

    /// <summary>The plan; made again with the answers if it has questions.</summary>
    public async Task<ComposePlan> PlanAsync(Answers answers, IEventSink sink, CancellationToken cancellationToken)
    {
        _state ??= await _reader.ObserveAsync(Stack, cancellationToken).ConfigureAwait(false);
        await ResolveAsync(_state, sink, cancellationToken).ConfigureAwait(false);
        var wanted = ConfigAdoption.Keep(Wanted, _state.Configs);
        return DeployPlanner.Plan(wanted, _state, options with { Pinned = _pinned }, answers);
    }

    /// <summary>The plan to look at, with all that a deployment would warn about. What cannot be deployed is the error.</summary>
    /// <exception cref="ComposeException">The first refusal.</exception>
    public async Task<ComposePlan> ReviewAsync(IEventSink sink, CancellationToken cancellationToken)
    {
        if (Refusals is [var refusal, ..])
            throw new ComposeException(refusal);
        return await PlanAsync(Answers.None, sink, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes a plan. Failed steps are in the report.</summary>
    public async Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, Answers answers, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        var replanning = new Replanning(
            (next, how) => RunAsync(next, how, sink, cancellationToken),
            () =>
            {
                _state = null;
                return PlanAsync(answers, sink, cancellationToken);
            });
        var report = await replanning.RunAsync(plan, execute, sink).ConfigureAwait(false);
        return options.Rollback && !report.LostEngine
            ? await RollBackAsync(report, execute, sink, cancellationToken).ConfigureAwait(false)
            : report;
    }

    private async Task<ExecutionReport> RunAsync(
        ComposePlan plan, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        using var runner = new StackRunner(session.Engine, _state!, session.Credentials, sink);
        _runner = runner;
        return await session.ExecuteAsync(plan, execute, runner, sink, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the services back whose rollout failed, unless the swarm did so itself.</summary>
    private async Task<ExecutionReport> RollBackAsync(
        ExecutionReport report, ExecuteOptions execute, IEventSink sink, CancellationToken cancellationToken)
    {
        var failed = report.Failed.Select(action => action.Step).OfType<WaitForRollout>().Select(wait => wait.Service).ToList();
        if (failed.Count == 0)
            return report;
        _state = await _reader.ObserveAsync(Stack, cancellationToken).ConfigureAwait(false);
        var updated = report.Actions.Where(action => action is { Status: "Done", Step: UpdateService })
            .Select(action => ((UpdateService)action.Step!).Service).ToList();
        foreach (var created in failed.Except(updated))
            sink.Emit(new WarningEvent($"Service '{created}' is new, so there is nothing that it could go back to; it stays."));
        var open = _state.Services
            .Where(service => failed.Contains(_state.ServiceOf(service)) && updated.Contains(_state.ServiceOf(service)))
            .Where(service => service.UpdateStatus?.State?.StartsWith("rollback", StringComparison.Ordinal) != true)
            .Select(_state.ServiceOf).ToList();
        if (open.Count == 0)
            return report;
        var plan = ServicePlanner.Rollback(_state, open, wait: true, options.WaitTimeout);
        foreach (var service in open)
            sink.Emit(new WarningEvent($"Service '{service}' goes back to what it was before."));
        var undone = await RunAsync(plan, execute with { Declined = [] }, sink, cancellationToken).ConfigureAwait(false);
        return report.Then(undone);
    }

    private async Task ResolveAsync(ObservedStack state, IEventSink sink, CancellationToken cancellationToken)
    {
        var images = DeployPlanner.Unresolved(Wanted, state, options)
            .Where(image => !_pinned.ContainsKey(image) && !_unresolved.Contains(image)).ToList();
        if (images.Count == 0)
            return;
        var found = await ImageDigests.ResolveAsync(session, images, _unresolved, sink, cancellationToken).ConfigureAwait(false);
        foreach (var image in found)
            _pinned[image.Key] = image.Value;
        if (_unresolved.Count > 0)
            sink.Emit(new WarningEvent(
                $"No registry told the digest of {string.Join(", ", _unresolved)}: each node uses the image as it finds it, "
                + "and nodes may run different ones."));
    }
}
