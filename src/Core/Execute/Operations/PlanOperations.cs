using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Execute.Operations;

/// <summary>Observes a project and plans a command on it. Nothing is changed.</summary>
internal sealed class PlanOperations(ProjectSession session)
{
    /// <summary>All of up as one plan to look at. Steps that depend on a pull or a build are conditional.</summary>
    public async Task<ComposePlan> UpAsync(
        ComposeProject project, UpOptions options, Answers answers, CancellationToken cancellationToken)
    {
        var observed = await session.ObserveAsync(project, cancellationToken).ConfigureAwait(false);
        return UpPlanner.Whole(observed.Context(options, answers));
    }

    /// <summary>Scale, from files or from labels alone.</summary>
    public async Task<ComposePlan> ScaleAsync(ScaleRequest request, CancellationToken cancellationToken) =>
        request.Project is { } project
            ? await ScaleByFilesAsync(project, request.Of([.. project.Services.Keys]), cancellationToken).ConfigureAwait(false)
            : await ScaleByLabelsAsync(request, cancellationToken).ConfigureAwait(false);

    /// <summary>Down, from files or from labels alone.</summary>
    public async Task<ComposePlan> DownAsync(DownRequest request, CancellationToken cancellationToken) =>
        DownPlanner.Plan(
            await session.Reader.ObserveAsync(request.ProjectName, cancellationToken).ConfigureAwait(false), request);

    /// <summary>Start, stop, restart, pause, unpause, kill or remove the existing containers.</summary>
    public async Task<ComposePlan> LifecycleAsync(
        Func<ObservedState, LifecycleRequest, ComposePlan> planner, LifecycleRequest request, CancellationToken cancellationToken)
    {
        var state = await session.Reader.ObserveContainersAsync(request.ProjectName, cancellationToken).ConfigureAwait(false);
        return planner(
            state,
            request.Project is { } project
                ? request with { Context = () => session.Observed(project, state).Context() }
                : request);
    }

    public async Task<ComposePlan> PullAsync(
        ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        ImageCommandPlanner.Pull(await ContextAsync(project, cancellationToken).ConfigureAwait(false), request);

    public async Task<ComposePlan> BuildAsync(
        ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        ImageCommandPlanner.Build(await ContextAsync(project, cancellationToken).ConfigureAwait(false), request);

    public async Task<ComposePlan> PushAsync(
        ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        ImageCommandPlanner.Push(await ContextAsync(project, cancellationToken).ConfigureAwait(false), request);

    private async Task<ComposePlan> ScaleByFilesAsync(
        ComposeProject project, ScaleRequest request, CancellationToken cancellationToken)
    {
        if (request.Replicas.Count == 0)
        {
            var state = await session.Reader.ObserveContainersAsync(project.Name, cancellationToken).ConfigureAwait(false);
            return new PlanBuilder().Build(state);
        }

        var options = new UpOptions
        {
            Services = [.. request.Replicas.Keys],
            Scale = request.Replicas,
            NoDependencies = request.NoDependencies,
            Timeout = request.Timeout,
            Release = request.Release,
        };
        return await UpAsync(project, options, Answers.None, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ComposePlan> ScaleByLabelsAsync(ScaleRequest request, CancellationToken cancellationToken)
    {
        var state = await session.Reader.ObserveContainersAsync(request.ProjectName, cancellationToken).ConfigureAwait(false);
        if (state.Containers.Count == 0)
            throw new ComposeException(StateErrors.NoProject(session.EngineHost, request.ProjectName));
        request = request.Of(
            [.. state.Containers.Where(container => container.IsReplica).Select(container => container.Service)]);
        var patterns = new Dictionary<string, ContainerInspect>();
        foreach (var pattern in ScaleFromContainersPlanner.Patterns(state, request))
        {
            patterns[pattern] = await session.Engine.Containers.InspectAsync(pattern, cancellationToken).ConfigureAwait(false);
        }

        return ScaleFromContainersPlanner.Plan(state with { Inspected = patterns }, request);
    }

    private async Task<PlanContext> ContextAsync(ComposeProject project, CancellationToken cancellationToken) =>
        (await session.ObserveAsync(project, cancellationToken).ConfigureAwait(false)).Context();
}
