using Compose.Plan;
using Compose.Plan.Building;
using Compose.Swarm.Observe;

namespace Compose.Swarm.Plan;

/// <summary>
/// Plans the removal of a stack: its services; when their tasks are gone, its secrets, configs and networks; volumes only when
/// asked.
/// </summary>
internal static class RemoveStackPlanner
{
    private const string Cause = "the stack is removed";

    /// <param name="state">What the swarm has of the stack.</param>
    /// <param name="volumes">The volumes to remove with it, by name.</param>
    public static ComposePlan Plan(ObservedStack state, IReadOnlyList<string> volumes)
    {
        var plan = new PlanBuilder();
        var removed = state.Services.OrderBy(service => service.Spec.Name, StringComparer.Ordinal)
            .Select(service =>
            {
                var step = StackTargets.Remove(state, service, Cause);
                return plan.Add(step, plan.Operation("Remove", step.Target, Cause, step.Impact));
            })
            .ToList();
        var gone = removed.Count == 0 ? [] : PlanBuilder.AfterAll([Gone(plan, state, removed)]).ToList();
        foreach (var secret in state.OwnSecrets.OrderBy(secret => secret.Spec.Name, StringComparer.Ordinal))
            Add(StackTargets.Remove(state, secret, Cause));
        foreach (var config in state.OwnConfigs.OrderBy(config => config.Spec.Name, StringComparer.Ordinal))
            Add(StackTargets.Remove(state, config, Cause));
        foreach (var network in state.OwnNetworks.OrderBy(network => network.Spec.Name, StringComparer.Ordinal))
            Add(StackTargets.Remove(state, network, Cause));
        foreach (var volume in volumes)
            Add(new RemoveVolume { Target = "volume:" + volume, Cause = Cause, Volume = volume, Impact = "DataLoss" });
        VolumeQuestion.Ask(plan, volumes, []);
        return plan.Build(state.EngineHost, state.Stack);

        void Add(PlanAction step) =>
            plan.Add(step, plan.Operation("Remove", step.Target, Cause, step.Impact), gone);
    }

    /// <summary>Waits for the tasks of services: before they are gone, what they use cannot be removed.</summary>
    public static int Gone(PlanBuilder plan, ObservedStack state, IReadOnlyList<int> removed)
    {
        var steps = plan.Actions.OfType<RemoveService>().Where(step => removed.Contains(step.Id)).ToList();
        return plan.Add(
            new WaitForRemoval
            {
                Target = "stack:" + state.Stack,
                Cause = "what the tasks use cannot be removed before them",
                Services = [.. steps.Select(step => step.Service)],
                ServiceIds = [.. steps.Select(step => step.ServiceId)],
            },
            0, PlanBuilder.AfterAll(removed));
    }
}
