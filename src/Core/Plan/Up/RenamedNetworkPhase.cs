using Compose.Model;
using Compose.Plan.Building;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>
/// Plans the removal of networks that have another name in the files now, once the containers on them are removed.
/// </summary>
internal static class RenamedNetworkPhase
{
    private const string Renamed = "renamed in the files";

    public static void Plan(UpScope scope, PlanBuilder plan)
    {
        var removals = plan.Actions.OfType<RemoveContainer>().ToLookup(action => action.Reference.Id);
        foreach (var network in scope.OwnNetworks)
        {
            foreach (var old in OldNetworks(scope, network))
                Remove(scope, plan, network, old, removals);
        }
    }

    private static IEnumerable<ObservedNetwork> OldNetworks(UpScope scope, NetworkDefinition network) =>
        scope.Context.State.Networks
            .Where(candidate => IsOldNetworkOf(scope, candidate, network))
            .OrderBy(candidate => candidate.Name, StringComparer.Ordinal);

    private static bool IsOldNetworkOf(UpScope scope, ObservedNetwork candidate, NetworkDefinition network) =>
        NetworkPlanner.IsOwn(scope.Context, candidate)
        && candidate.Label(ComposeLabels.Network) == network.Key
        && candidate.Name != network.Name
        && scope.Context.Project.Networks.Values.All(declared => declared.Name != candidate.Name);

    private static void Remove(
        UpScope scope, PlanBuilder plan, NetworkDefinition network, ObservedNetwork old,
        ILookup<string?, RemoveContainer> removals)
    {
        var users = scope.Context.State.Containers.Where(container => container.Networks.Values.Contains(old.Id)).ToList();
        if (users.Find(user => !removals.Contains(user.Id)) is { } stays)
        {
            plan.Warn(
                $"Network {old.Name} is {network.Name} in the files now; "
                + $"it stays, because container {stays.Name} is still on it.");
            return;
        }

        var target = "network:" + network.Key;
        var left = users.SelectMany(user => removals[user.Id]).ToList();
        var removal = new RemoveNetwork
        {
            Target = target,
            Cause = Renamed,
            Network = old.Name,
            NetworkId = old.Id,
            Optional = true,
            Conditional = left.Exists(action => action.Conditional),
        };
        plan.Add(removal, plan.Operation("Remove", target, Renamed), left.Select(action => PlanBuilder.After(action.Id)));
    }
}
