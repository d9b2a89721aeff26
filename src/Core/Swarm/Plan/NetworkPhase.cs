using Compose.Engine.Dto;
using Compose.Plan;
using Compose.Plan.Building;

namespace Compose.Swarm.Plan;

/// <summary>
/// Replaces a changed network. A network cannot be removed while a service uses it, so its services are removed first, and
/// created again by the phase of services.
/// </summary>
internal static class NetworkPhase
{
    public static void Replace(
        DeployContext context, SwarmNetworkSpec wanted, SwarmNetwork actual, IReadOnlyList<FieldChange> changes)
    {
        var (plan, state) = (context.Plan, context.State);
        var target = StackTargets.Network(context.Key(wanted.Name));
        const string Cause = "it has changed";
        var operation = plan.Operation("Recreate", target, Cause, "Downtime");
        var removed = new List<int>();
        foreach (var service in state.Services.Where(service => Uses(service, actual)))
        {
            var name = state.ServiceOf(service);
            if (!context.Removed.ContainsKey(name))
                context.Removed[name] = plan.Add(
                    StackTargets.Remove(state, service, $"network '{wanted.Name}' is replaced"), operation);
            removed.Add(context.Removed[name]);
        }

        var after = removed.Count == 0
            ? []
            : PlanBuilder.AfterAll([RemoveStackPlanner.Gone(plan, state, removed)]).ToList();
        var gone = plan.Add(StackTargets.Remove(state, actual, Cause) with { Changes = changes }, operation, after);
        context.Replaced.Add(wanted.Name);
        context.Created[("network", wanted.Name)] = plan.Add(
            new CreateStackNetwork { Target = target, Cause = Cause, Network = wanted.Name, Request = wanted },
            operation, PlanBuilder.After(gone));
    }

    private static bool Uses(SwarmService service, SwarmNetwork network) =>
        (service.Spec.TaskTemplate.Networks ?? []).Any(attachment => attachment.Target == network.Id);
}
