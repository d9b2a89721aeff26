using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.State;

namespace Compose.Swarm.Observe;

/// <summary>Reads stacks with one list for each kind of object, whatever their size.</summary>
internal sealed class StackReader(EngineClient engine)
{
    /// <summary>What the swarm has of a stack, without its tasks.</summary>
    public async Task<ObservedStack> ObserveAsync(string stack, CancellationToken cancellationToken)
    {
        var services = await ServicesAsync(Of(stack), cancellationToken).ConfigureAwait(false);
        var networks = engine.Swarm.NetworksAsync(cancellationToken);
        var secrets = engine.Swarm.SecretsAsync(cancellationToken);
        var configs = engine.Swarm.ConfigsAsync(cancellationToken);
        await Task.WhenAll(networks, secrets, configs).ConfigureAwait(false);
        return new ObservedStack
        {
            EngineHost = engine.EngineHost,
            Stack = stack,
            Services = services,
            Networks = await networks.ConfigureAwait(false),
            Secrets = await secrets.ConfigureAwait(false),
            Configs = await configs.ConfigureAwait(false),
        };
    }

    /// <summary>The services and tasks of a stack.</summary>
    public async Task<ObservedStack> RunningAsync(string stack, CancellationToken cancellationToken)
    {
        var services = await ServicesAsync(Of(stack), cancellationToken).ConfigureAwait(false);
        var tasks = await engine.Swarm.TasksAsync(Of(stack), cancellationToken).ConfigureAwait(false);
        return new ObservedStack { EngineHost = engine.EngineHost, Stack = stack, Services = services, Tasks = tasks };
    }

    /// <summary>The services of a stack, or of all stacks.</summary>
    /// <exception cref="ComposeException">NotASwarmManager, SwarmWorkerNode.</exception>
    public async Task<IReadOnlyList<SwarmService>> ServicesAsync(Filters filters, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Swarm.ServicesAsync(filters, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Info.Id == EngineErrors.SwarmWorker.Id
            || exception.Info.Id == EngineErrors.NoSwarm.Id)
        {
            throw await RefusedAsync(exception, cancellationToken).ConfigureAwait(false);
        }
    }

    public static Filters Of(string stack) => Filters.Label(ComposeLabels.Of(StackLabels.Namespace, stack));

    /// <summary>The refusal with the managers that a worker knows, or why there is no swarm.</summary>
    public async Task<ComposeException> RefusedAsync(EngineException refusal, CancellationToken cancellationToken)
    {
        var membership = await engine.Swarm.MembershipAsync(cancellationToken).ConfigureAwait(false);
        return membership switch
        {
            { State: "locked" } => EngineErrors.NoSwarm.Exception(
                $"The swarm of the engine at {engine.EngineHost} is locked.", engine.EngineHost,
                "Unlock it with 'docker swarm unlock'.", refusal),
            { State: "active", IsManager: false } => EngineErrors.SwarmWorker.Exception(
                $"The engine at {engine.EngineHost} is a worker of its swarm, and only a manager can be asked."
                    + (membership.Managers.Count == 0 ? "" : $" Managers: {string.Join(", ", membership.Managers)}."),
                engine.EngineHost, inner: refusal),
            { State: "active" } => refusal,
            _ => EngineErrors.NoSwarm.Exception(
                $"The engine at {engine.EngineHost} is not part of a swarm.", engine.EngineHost, inner: refusal),
        };
    }
}
