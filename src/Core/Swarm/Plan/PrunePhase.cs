using Compose.Engine.Dto;
using Compose.Plan;
using Compose.Plan.Building;

namespace Compose.Swarm.Plan;

/// <summary>
/// Plans what goes: secrets and configs whose content was replaced, when no service uses them any more; with -Prune everything
/// that the stack has and the file does not.
/// </summary>
internal static class PrunePhase
{
    private const string Dropped = "it is not in the file any more";
    private const string Superseded = "no service uses this content any more";

    public static void Plan(DeployContext context)
    {
        var (state, wanted, prune) = (context.State, context.Wanted, context.Options.Prune);
        if (prune)
            RemoveServices(context);
        foreach (var secret in state.OwnSecrets)
        {
            var name = secret.Spec.Name;
            var names = wanted.Secrets.Select(other => (other.Name, other.Labels));
            if (!wanted.Secrets.Any(other => other.Name == name)
                && Cause(prune, name, secret.Spec.Labels, names) is { } cause)
                Remove(
                    context, ("secret", name), StackTargets.Remove(state, secret, cause) with { Optional = true }, cause);
        }

        foreach (var config in state.OwnConfigs)
        {
            var name = config.Spec.Name;
            var names = wanted.Configs.Select(other => (other.Name, other.Labels));
            if (!wanted.Configs.Any(other => other.Name == name)
                && Cause(prune, name, config.Spec.Labels, names) is { } cause)
                Remove(
                    context, ("config", name), StackTargets.Remove(state, config, cause) with { Optional = true }, cause);
        }

        foreach (var network in state.OwnNetworks.Where(_ => prune))
        {
            if (!wanted.Networks.Any(other => other.Name == network.Spec.Name))
                Remove(context, ("network", network.Spec.Name), StackTargets.Remove(state, network, Dropped), Dropped);
        }
    }

    private static void RemoveServices(DeployContext context)
    {
        var (plan, state) = (context.Plan, context.State);
        foreach (var service in state.Services)
        {
            var key = state.ServiceOf(service);
            if (context.Wanted.Services.Any(other => other.Spec.Name == service.Spec.Name) || context.Removed.ContainsKey(key))
                continue;
            var step = StackTargets.Remove(state, service, Dropped);
            context.Removed[key] = plan.Add(step, plan.Operation("Remove", step.Target, Dropped, step.Impact));
        }
    }

    /// <summary>Why a secret or config goes, or null if it stays.</summary>
    private static string? Cause(
        bool prune, string name, IReadOnlyDictionary<string, string>? labels,
        IEnumerable<(string Name, IReadOnlyDictionary<string, string>? Labels)> wanted) =>
        wanted.Any(other => SameContent.IsSame(name, labels, other.Name, other.Labels)) ? Superseded
        : prune ? Dropped
        : null;

    /// <summary>
    /// Removes an object after the services that used it have moved away, which has to be waited for; not if a service keeps it.
    /// </summary>
    private static void Remove(DeployContext context, (string Kind, string Name) use, PlanAction step, string cause)
    {
        var users = context.State.Services.Where(service => context.Uses(service.Spec).Contains(use)).ToList();
        var after = new List<int>();
        var removed = new List<int>();
        foreach (var user in users)
        {
            var key = context.State.ServiceOf(user);
            if (context.Sent.TryGetValue(key, out var sent))
            {
                if (context.Uses(sent).Contains(use) || Moved(context, key) is not { } moved)
                    return;
                after.Add(moved);
            }
            else if (context.Removed.TryGetValue(key, out var removal))
            {
                removed.Add(removal);
            }
            else
            {
                return;
            }
        }

        // While an update is under way, or could be rolled back by the swarm itself, its former spec may come back.
        if (context.State.Services.Any(service => IsUnderWay(service) && Previous(context, service).Contains(use)))
            return;
        if (removed.Count > 0)
            after.Add(RemoveStackPlanner.Gone(context.Plan, context.State, removed));
        context.Plan.Add(step, context.Plan.Operation("Remove", step.Target, cause, step.Impact), PlanBuilder.AfterAll(after));
    }

    /// <summary>The step after which a service's new tasks run; null if nobody waits, so that old ones may still run.</summary>
    private static int? Moved(DeployContext context, string service)
    {
        if (context.Waits.TryGetValue(service, out var wait))
            return wait;
        if (!context.Options.Prune)
            return null;
        ServicePhase.AddWait(
            context, context.Wanted.Services.First(other => other.Key == service), steady: true,
            PlanBuilder.After(context.Changed[service]));
        return context.Waits[service];
    }

    private static bool IsUnderWay(SwarmService service) =>
        service.UpdateStatus?.State is "updating" or "paused" or "rollback_started" or "rollback_paused";

    private static IEnumerable<(string Kind, string Name)> Previous(DeployContext context, SwarmService service) =>
        service.PreviousSpec is { } previous ? context.Uses(previous) : [];
}
