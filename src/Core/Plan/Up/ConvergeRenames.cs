using Compose.Model;
using Compose.State;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    private const string Renamed = "renamed in the files";

    /// <summary>
    /// A network whose name changed in the files leaves the old one behind: it is removed once its containers have left it.
    /// </summary>
    public void RenamedNetworks()
    {
        var removals = plan.Actions.OfType<RemoveContainer>().ToLookup(action => action.Reference.Id);
        foreach (var network in UpPlanner.UsedNetworks(context, services).Where(network => !network.External))
        {
            var oldNetworks = context.State.Networks
                .Where(candidate => IsOldNameOf(candidate, network.Key, network.Name))
                .OrderBy(candidate => candidate.Name, StringComparer.Ordinal);
            foreach (var old in oldNetworks)
                RemoveRenamed(network, old, removals);
        }
    }

    private void RemoveRenamed(NetworkDefinition network, ObservedNetwork old, ILookup<string?, RemoveContainer> removals)
    {
        var users = context.State.Containers.Where(container => container.Networks.Values.Contains(old.Id)).ToList();
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
        plan.Add(removal, plan.Operation("Remove", target, Renamed), left.Select(action => new PlanEdge(action.Id, true)));
    }

    private bool IsOldNameOf(ObservedNetwork candidate, string key, string name) =>
        NetworkPlanner.IsOwn(context, candidate) && candidate.Label(ComposeLabels.Network) == key && candidate.Name != name
        && context.Project.Networks.Values.All(declared => declared.Name != candidate.Name);
}
