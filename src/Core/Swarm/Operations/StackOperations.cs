using Compose.Engine.Api;
using Compose.Errors;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Events;
using Compose.Model.Naming;
using Compose.Plan;
using Compose.State;
using Compose.Swarm.Observe;
using Compose.Swarm.Plan;
using Compose.Swarm.Run;

namespace Compose.Swarm.Operations;

/// <summary>
/// Lists stacks, their services and tasks, and the nodes of a swarm; plans and executes changes that need no file.
/// </summary>
internal sealed class StackOperations(ProjectSession session)
{
    private readonly StackReader _reader = new(session.Engine);

    /// <summary>The stacks of the swarm, also those of which only networks, secrets or configs are left.</summary>
    public async Task<IReadOnlyList<ComposeStack>> ListAsync(CancellationToken cancellationToken)
    {
        var (swarm, filter) = (session.Engine.Swarm, Filters.Label(StackLabels.Namespace));
        var services = await _reader.ServicesAsync(filter, cancellationToken).ConfigureAwait(false);
        var networks = swarm.NetworksAsync(cancellationToken);
        var secrets = swarm.SecretsAsync(cancellationToken);
        var configs = swarm.ConfigsAsync(cancellationToken);
        return StackList.Of(
            session.EngineHost, services, await networks.ConfigureAwait(false), await secrets.ConfigureAwait(false),
            await configs.ConfigureAwait(false));
    }

    /// <summary>The names of the stacks that some texts may name. The engine is asked only if a text is a pattern.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (!texts.Any(NamePattern.IsPattern))
            return [.. texts.Distinct(StringComparer.Ordinal)];
        var known = (await ListAsync(cancellationToken).ConfigureAwait(false)).Select(stack => stack.ProjectName).ToList();
        return [.. texts.SelectMany(text => NamePattern.IsPattern(text) ? NamePattern.Matches(text, known) : [text]).Distinct()];
    }

    /// <exception cref="ComposeException">StackNotFound.</exception>
    public async Task<IReadOnlyList<ComposeStackService>> ServicesAsync(string stack, CancellationToken cancellationToken)
    {
        var services = await _reader.ServicesAsync(StackReader.Of(stack), cancellationToken).ConfigureAwait(false);
        return services.Count == 0
            ? throw new ComposeException(StackErrors.NoStack(session.EngineHost, stack))
            : [
                .. services.Select(service => StackResults.Service(session.EngineHost, stack, service))
                    .OrderBy(service => service.Service, StringComparer.Ordinal),
            ];
    }

    /// <summary>The tasks of a stack, by service and slot, the newest first.</summary>
    /// <exception cref="ComposeException">StackNotFound.</exception>
    public async Task<IReadOnlyList<ComposeTask>> TasksAsync(string stack, CancellationToken cancellationToken)
    {
        var state = await RunningAsync(stack, cancellationToken).ConfigureAwait(false);
        var nodes = await session.Engine.Swarm.NodesAsync(cancellationToken).ConfigureAwait(false);
        var names = state.Services.ToDictionary(service => service.Id, service => service.Spec.Name);
        var hosts = nodes.ToDictionary(node => node.Id, node => node.Hostname ?? node.Id);
        return [
            .. state.Tasks.Select(task => StackResults.Task(session.EngineHost, stack, task, names, hosts))
                .OrderBy(task => task.Service, StringComparer.Ordinal).ThenBy(task => task.Slot)
                .ThenBy(task => task.Slot == 0 ? task.NodeId : "", StringComparer.Ordinal)
                .ThenByDescending(task => task.Created),
        ];
    }

    public async Task<IReadOnlyList<ComposeNode>> NodesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var nodes = await session.Engine.Swarm.NodesAsync(cancellationToken).ConfigureAwait(false);
            return [
                .. nodes.Select(node => StackResults.Node(session.EngineHost, node))
                    .OrderBy(node => node.Role, StringComparer.Ordinal).ThenBy(node => node.Node, StringComparer.Ordinal)
                    .ThenBy(node => node.NodeId, StringComparer.Ordinal),
            ];
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.SwarmWorker.Id
            || exception.Info.Id == EngineErrors.NoSwarm.Id)
        {
            throw await _reader.RefusedAsync(exception, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The plan that removes a stack.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="volumes">Whether to remove its volumes, too.</param>
    /// <param name="sink">Receives a warning about volumes that cannot be reached.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ComposeException">StackNotFound.</exception>
    public async Task<ComposePlan> RemovalAsync(
        string stack, bool volumes, IEventSink sink, CancellationToken cancellationToken)
    {
        var state = await _reader.ObserveAsync(stack, cancellationToken).ConfigureAwait(false);
        var found = volumes
            ? await StackVolumes.OfAsync(session, stack, sink, cancellationToken).ConfigureAwait(false)
            : [];
        return state.IsEmpty && found.Count == 0
            ? throw new ComposeException(StackErrors.NoStack(session.EngineHost, stack))
            : RemoveStackPlanner.Plan(state, found);
    }

    /// <summary>The plan that gives services other numbers of replicas; wildcards in their names are allowed.</summary>
    /// <exception cref="ComposeException">StackNotFound, StackServiceNotFound.</exception>
    public async Task<ComposePlan> ScalingAsync(
        string stack, IReadOnlyDictionary<string, int> replicas, CancellationToken cancellationToken)
    {
        var state = await ServicesOfAsync(stack, cancellationToken).ConfigureAwait(false);
        var names = state.Services.Select(state.ServiceOf).ToList();
        Require(stack, replicas.Keys, names);
        var wanted = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pair in replicas)
        {
            foreach (var name in NamePattern.Matches(pair.Key, names))
                wanted[name] = pair.Value;
        }

        return ServicePlanner.Scale(state, wanted);
    }

    /// <summary>The plan that takes services back to what they were before their last update.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="services">The services, with wildcards; empty for all.</param>
    /// <param name="wait">Whether to wait for their tasks.</param>
    /// <param name="timeout">The longest wait, or null.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ComposeException">StackNotFound, StackServiceNotFound, RollbackImpossible.</exception>
    public async Task<ComposePlan> RollbackAsync(
        string stack, IReadOnlyList<string> services, bool wait, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var state = await _reader.ObserveAsync(stack, cancellationToken).ConfigureAwait(false);
        if (state.Services.Count == 0)
            throw new ComposeException(StackErrors.NoStack(session.EngineHost, stack));
        var names = state.Services.Select(state.ServiceOf).ToList();
        Require(stack, services, names);
        var matches = services.Count == 0 ? [] : NamePattern.Matches(services, names);
        return services.Count > 0 && matches.Count == 0
            ? new Compose.Plan.Building.PlanBuilder().Build(session.EngineHost, stack)
            : ServicePlanner.Rollback(state, matches, wait, timeout);
    }

    /// <summary>Executes a plan of this class, and plans again if the stack changes meanwhile.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How to execute it.</param>
    /// <param name="again">Makes the plan again.</param>
    /// <param name="sink">Receives progress and warnings.</param>
    /// <param name="cancellationToken">Ends the execution.</param>
    public Task<ExecutionReport> ExecuteAsync(
        ComposePlan plan, ExecuteOptions options, Func<Task<ComposePlan>> again, IEventSink sink,
        CancellationToken cancellationToken) =>
        new Replanning((next, how) => RunAsync(next, how, sink, cancellationToken), again).RunAsync(plan, options, sink);

    private async Task<ExecutionReport> RunAsync(
        ComposePlan plan, ExecuteOptions options, IEventSink sink, CancellationToken cancellationToken)
    {
        var state = new ObservedStack { EngineHost = session.EngineHost, Stack = plan.ProjectName };
        using var runner = new StackRunner(session.Engine, state, session.Credentials, sink);
        return await session.ExecuteAsync(plan, options, runner, sink, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The services and tasks of a stack that exists.</summary>
    /// <exception cref="ComposeException">StackNotFound.</exception>
    internal async Task<ObservedStack> RunningAsync(string stack, CancellationToken cancellationToken)
    {
        var state = await _reader.RunningAsync(stack, cancellationToken).ConfigureAwait(false);
        return state.Services.Count == 0 && state.Tasks.Count == 0
            ? throw new ComposeException(StackErrors.NoStack(session.EngineHost, stack))
            : state;
    }

    private async Task<ObservedStack> ServicesOfAsync(string stack, CancellationToken cancellationToken)
    {
        var services = await _reader.ServicesAsync(StackReader.Of(stack), cancellationToken).ConfigureAwait(false);
        return services.Count == 0
            ? throw new ComposeException(StackErrors.NoStack(session.EngineHost, stack))
            : new ObservedStack { EngineHost = session.EngineHost, Stack = stack, Services = services };
    }

    private static void Require(string stack, IEnumerable<string> services, IReadOnlyList<string> known)
    {
        if (NamePattern.Unknown(services, known) is [var unknown, ..])
            throw StackErrors.ServiceNotFound.Exception($"Stack '{stack}' has no service '{unknown}'.", unknown);
    }
}
