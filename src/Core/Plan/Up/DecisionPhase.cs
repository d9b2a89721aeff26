using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Compare;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Decides which networks, volumes and replicas are created, recreated, kept or removed. Adds no steps.</summary>
internal sealed class DecisionPhase
{
    private readonly UpScope _scope;
    private readonly PlanBuilder _plan;
    private readonly ImageSteps _images;

    private DecisionPhase(UpScope scope, PlanBuilder plan, ImageSteps images) =>
        (_scope, _plan, _images) = (scope, plan, images);

    public static UpDecisions Decide(UpScope scope, PlanBuilder plan, ImageSteps images) =>
        new DecisionPhase(scope, plan, images).Decide();

    private UpDecisions Decide()
    {
        var context = _scope.Context;
        var networks = new HashSet<string>(
            _scope.OwnNetworks.Where(network => NetworkPlanner.IsRecreated(context, network)).Select(network => network.Name),
            StringComparer.Ordinal);
        var volumes = new Dictionary<string, IReadOnlyList<FieldChange>>(StringComparer.Ordinal);
        foreach (var volume in _scope.OwnVolumes)
        {
            if (VolumePlanner.Drift(context, volume) is { } changes && IsRecreated(volume, changes))
                volumes[volume.Key] = changes;
        }

        var users = new HashSet<string>(
            volumes.Keys.SelectMany(key => VolumePlanner.Users(context, context.Project.Volumes[key])).Select(user => user.Id),
            StringComparer.Ordinal);
        return new UpDecisions(Replicas(users, networks), networks, volumes);
    }

    /// <summary>
    /// Whether a changed volume is recreated: only containers of this run use it, and the user agrees to lose its data.
    /// </summary>
    private bool IsRecreated(VolumeDefinition volume, IReadOnlyList<FieldChange> changes)
    {
        var context = _scope.Context;
        var changed = $"Volume {volume.Name} exists but its configuration changed{ResourceComparer.Listed(changes)}";
        if (VolumePlanner.Find(context, volume) is { OtherUsers: { Count: > 0 } users })
        {
            _plan.Warn(
                $"{changed}; it is kept as it is, for containers that are not of this project use it: "
                    + $"{string.Join(", ", users)}.");
            return false;
        }

        if (VolumePlanner.Users(context, volume).Find(IsOutsideTheRun) is { } other)
        {
            _plan.Warn($"{changed}; it is kept as it is, for container {other.Name} uses it and would not be created anew.");
            return false;
        }

        if (context.Answers.Agrees(VolumePlanner.Question(volume)))
            return true;
        _plan.Ask(VolumePlanner.Question(volume), $"{changed}. Recreate it? Its data will be lost.");
        _plan.Warn($"{changed}; it is kept as it is.");
        return false;
    }

    private bool IsOutsideTheRun(ObservedContainer user) =>
        user.OneOff || _scope.Services.All(service => service.Name != user.Service);

    /// <summary>The decisions by service; services whose namespaces others share come first.</summary>
    private Dictionary<string, IReadOnlyList<ReplicaDecision>> Replicas(
        HashSet<string> usersOfRecreatedVolumes, HashSet<string> recreatedNetworks)
    {
        var decided = new Dictionary<string, IReadOnlyList<ReplicaDecision>>(StringComparer.Ordinal);
        var recreated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in _scope.Services)
        {
            var decisions = WithoutUsers(Evaluate(service, recreated, recreatedNetworks), usersOfRecreatedVolumes);
            decided[service.Name] = decisions;
            if (decisions.Any(IsRecreation) || IsCreatedAnew(service, decisions))
                recreated.Add(service.Name);
        }

        return decided;
    }

    /// <summary>The decisions for a service's replicas, or for the one container of a one-off.</summary>
    private IReadOnlyList<ReplicaDecision> Evaluate(
        ServiceDefinition service, HashSet<string> recreated, HashSet<string> recreatedNetworks)
    {
        if (_scope.IsOneOff(service))
            return [new ReplicaDecision(Fate.Create, 1, null, "asked for")];
        var context = _scope.Context;
        var pending = _images.Services.ContainsKey(service.Name)
            && context.State.Image(context.Project.ImageOf(service)) is not null;
        return ReplicaRules.Decide(context, service, recreated, recreatedNetworks, pending);
    }

    /// <summary>
    /// The recreation of a volume removes its containers itself: those that were to stay are created again, the others are done
    /// with.
    /// </summary>
    private static IReadOnlyList<ReplicaDecision> WithoutUsers(
        IReadOnlyList<ReplicaDecision> decisions, HashSet<string> usersOfRecreatedVolumes)
    {
        var result = new List<ReplicaDecision>();
        foreach (var decision in decisions)
        {
            if (decision.Existing is not { } existing || !usersOfRecreatedVolumes.Contains(existing.Id))
                result.Add(decision);
            else if (decision.Fate != Fate.Remove)
                result.Add(CreatedAgain(decision, existing));
        }

        return result;
    }

    private static ReplicaDecision CreatedAgain(ReplicaDecision decision, ObservedContainer existing) =>
        new(Fate.Create, decision.Number, null, "its volume is recreated") { Removed = existing };

    private static bool IsRecreation(ReplicaDecision decision) =>
        decision.Removed is not null || (decision.Fate == Fate.Recreate && !decision.Conditional);

    /// <summary>
    /// True when every replica is created from scratch; containers that share its namespaces or link to it then refer to
    /// containers that no longer exist.
    /// </summary>
    private bool IsCreatedAnew(ServiceDefinition service, IReadOnlyList<ReplicaDecision> decisions) =>
        !_scope.IsOneOff(service) && decisions.Count > 0 && decisions.All(decision => decision.Fate == Fate.Create);
}

/// <summary>What is decided before any step of a network, volume or replica is planned.</summary>
/// <param name="Replicas">By service.</param>
/// <param name="RecreatedNetworks">Names of networks.</param>
/// <param name="RecreatedVolumes">The changed fields by the volume's key.</param>
internal sealed record UpDecisions(
    IReadOnlyDictionary<string, IReadOnlyList<ReplicaDecision>> Replicas,
    IReadOnlyCollection<string> RecreatedNetworks,
    IReadOnlyDictionary<string, IReadOnlyList<FieldChange>> RecreatedVolumes);
