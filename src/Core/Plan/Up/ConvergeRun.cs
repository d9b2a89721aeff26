using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>One planning of the second stage: what has been planned so far, for the steps that come after it.</summary>
internal sealed partial class ConvergeRun(
    PlanContext context, PlanBuilder plan, IReadOnlyList<ServiceDefinition> services, ImageSteps images)
{
    private readonly Dictionary<string, IReadOnlyList<ReplicaDecision>> _decisions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _recreatedNetworks = new(StringComparer.Ordinal);

    /// <summary>Network or volume key to the step that makes it.</summary>
    private readonly Dictionary<string, int> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _volumes = new(StringComparer.Ordinal);

    /// <summary>Ids of containers that make way for something else, and the step that removes them.</summary>
    private readonly Dictionary<string, int> _removed = new(StringComparer.Ordinal);

    /// <summary>Containers a change of what they use holds up: they start in its operation, after these steps.</summary>
    private readonly Dictionary<string, (int Operation, List<int> After)> _stopped = new(StringComparer.Ordinal);

    /// <summary>Container id to the step that stops it.</summary>
    private readonly Dictionary<string, int> _stops = new(StringComparer.Ordinal);

    /// <summary>
    /// The containers a service ends up with, the steps that give new ones their names, and those that start them.
    /// </summary>
    private readonly Dictionary<string, List<ContainerReference>> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Service, string Condition, bool Required), int> _waits = [];

    /// <summary>Decides about every replica, parents of shared namespaces first.</summary>
    public void Decide()
    {
        foreach (var network in UpPlanner.UsedNetworks(context, services).Where(network =>
            NetworkPlanner.IsRecreated(context, network)))
            _recreatedNetworks.Add(network.Name);
        foreach (var volume in UsedVolumes())
        {
            if (VolumePlanner.Drift(context, volume) is { } changes && IsEmptied(volume, changes))
                _emptied[volume.Key] = changes;
        }

        var users = _emptied.Keys.SelectMany(key => Users(context.Project.Volumes[key])).Select(user => user.Id);
        var givesWay = new HashSet<string>(users, StringComparer.Ordinal);
        var recreated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            var decisions = Judge(service, recreated)
                .Select(decision =>
                    decision.Existing is { } existing && givesWay.Contains(existing.Id) ? GiveWay(decision, existing) : decision)
                .Where(decision => decision.Fate != Fate.Remove || decision.Existing is not null).ToList();
            _decisions[service.Name] = decisions;
            if (decisions.Any(IsRecreation) || IsNew(service, decisions))
                recreated.Add(service.Name);
        }
    }

    /// <summary>What becomes of a service's replicas, or the one container of a one-off.</summary>
    private IReadOnlyList<ReplicaDecision> Judge(ServiceDefinition service, HashSet<string> recreated)
    {
        if (IsOneOff(service))
            return [new ReplicaDecision(Fate.Create, 1, null, "asked for")];
        var pending = images.Services.ContainsKey(service.Name)
            && context.State.Image(context.Project.ImageOf(service)) is not null;
        return ReplicaRules.Decide(context, service, recreated, _recreatedNetworks, pending);
    }

    /// <summary>A container whose volume is recreated is removed before its replacement is created.</summary>
    private static ReplicaDecision GiveWay(ReplicaDecision decision, ObservedContainer existing)
    {
        var fate = decision.Fate == Fate.Remove ? Fate.Remove : Fate.Create;
        return new ReplicaDecision(fate, decision.Number, null, "its volume is recreated") { Removed = existing };
    }

    private static bool IsRecreation(ReplicaDecision decision) =>
        decision.Removed is not null || (decision.Fate == Fate.Recreate && !decision.Conditional);

    /// <summary>
    /// Whether nothing is left of a service, so that who shares with it, or is linked to it, has hold of nothing.
    /// </summary>
    private bool IsNew(ServiceDefinition service, IReadOnlyList<ReplicaDecision> decisions) =>
        !IsOneOff(service) && decisions.Count > 0 && decisions.All(decision => decision.Fate == Fate.Create);

    private bool IsOneOff(ServiceDefinition service) => context.Options.OneOff?.Service == service.Name;

    /// <summary>-Wait: one wait per service, after all is started.</summary>
    public void Waits()
    {
        if (!context.Options.Wait || context.Options.NoStart)
            return;
        var finishing = new HashSet<string>(
            services.SelectMany(service => service.DependsOn)
                .Where(dependency => dependency.Value.Condition == "service_completed_successfully")
                .Select(dependency => dependency.Key),
            StringComparer.Ordinal);
        foreach (var service in services.Where(service => _live[service.Name].Count > 0))
        {
            var condition = finishing.Contains(service.Name) ? "service_completed_successfully" : "running_or_healthy";
            if (!IsReached(service.Name, condition))
                WaitFor(service.Name, condition, "asked for", context.Options.WaitTimeout, required: true);
        }
    }
}
