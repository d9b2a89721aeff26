using Compose.Errors;
using Compose.Model;
using Compose.State;

namespace Compose.Plan;

/// <summary>One planning of the second stage: what has been planned so far, for the steps that come after it.</summary>
internal sealed partial class ConvergeRun(PlanContext context, PlanBuilder plan, IReadOnlyList<ServiceDefinition> services, ImageSteps images)
{
    private readonly Dictionary<string, IReadOnlyList<ReplicaDecision>> _decisions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _drifted = new(StringComparer.Ordinal);

    /// <summary>Network or volume key to the step that makes it.</summary>
    private readonly Dictionary<string, int> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _volumes = new(StringComparer.Ordinal);

    /// <summary>Container ids a volume's recreation removed; their replicas are created anew.</summary>
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    /// <summary>Containers a change of what they use holds up: they start in its operation, after these steps.</summary>
    private readonly Dictionary<string, (int Operation, List<int> After)> _stopped = new(StringComparer.Ordinal);

    /// <summary>Container id to the step that stops it.</summary>
    private readonly Dictionary<string, int> _stops = new(StringComparer.Ordinal);

    /// <summary>The containers a service ends up with, and the steps that start them.</summary>
    private readonly Dictionary<string, List<ContainerReference>> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Service, string Condition), int> _waits = [];

    public void Orphans()
    {
        var known = new HashSet<string>(context.Project.Services.Keys.Concat(context.Project.DisabledServices.Keys), StringComparer.Ordinal);
        var orphans = context.State.Containers
            .Where(container => container.OneOff ? container.State == "exited" : !known.Contains(container.Service))
            .OrderBy(container => container.Name, StringComparer.Ordinal).ToList();
        var environment = context.Project.Environment;
        var ignores = environment.IsSet(ComposeVariables.IgnoreOrphans);
        if (context.Options.RemoveOrphans && ignores)
            throw PlanErrors.OrphansContradict.Exception($"Orphans are to be removed, and {ComposeVariables.IgnoreOrphans} says to ignore them.", context.Project.Name);
        if (context.Options.RemoveOrphans || environment.IsSet(ComposeVariables.RemoveOrphans))
        {
            foreach (var orphan in orphans)
                Remove(orphan, Targets.Container(orphan), orphan.OneOff ? "one-off that ended" : "its service is not in the project");
        }
        else if (!ignores && orphans.Where(orphan => !orphan.OneOff).Select(orphan => orphan.Name).ToList() is { Count: > 0 } names)
        {
            plan.Warn($"Found orphan containers ({string.Join(", ", names)}) for this project; -RemoveOrphan removes them.");
        }
    }

    public void Volumes()
    {
        foreach (var volume in UpPlanner.UsedVolumes(context.Project, services).Where(volume => !volume.External))
        {
            var found = VolumePlanner.Find(context, volume);
            if (found is null)
                _volumes[volume.Key] = Create(volume, plan.Operation("Create", "volume:" + volume.Key, "no such volume"), "no such volume", []);
            else if (!VolumePlanner.IsOwn(context, found))
                plan.Warn($"Volume {volume.Name} exists but was not created for project {context.Project.Name}; declare it 'external: true' to use it on purpose.");
            else if (VolumePlanner.IsDrifted(context, volume))
                Drifted(volume);
        }
    }

    /// <summary>Decides about every replica, parents of shared namespaces first.</summary>
    public void Decide()
    {
        foreach (var network in UpPlanner.UsedNetworks(context.Project, services).Where(network => NetworkPlanner.IsDrifted(context, network)))
            _drifted.Add(network.Name);
        var recreated = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            var pending = images.Services.ContainsKey(service.Name) && context.State.Image(context.Project.ImageOf(service)) is not null;
            var decisions = (IsOneOff(service) ? [new ReplicaDecision(Fate.Create, 1, null, "asked for")] : ReplicaRules.Decide(context, service, recreated, _drifted, pending))
                .Select(decision => decision.Existing is { } existing && _removed.Contains(existing.Id)
                    ? new ReplicaDecision(decision.Fate == Fate.Remove ? Fate.Remove : Fate.Create, decision.Number, null, "its volume is recreated")
                    : decision)
                .Where(decision => decision.Fate != Fate.Remove || decision.Existing is not null).ToList();
            _decisions[service.Name] = decisions;
            if (decisions.Any(decision => decision.Fate == Fate.Recreate && !decision.Conditional))
                recreated.Add(service.Name);
        }
    }

    public void Networks()
    {
        foreach (var network in UpPlanner.UsedNetworks(context.Project, services).Where(network => !network.External))
        {
            foreach (var duplicate in NetworkPlanner.Duplicates(context, network))
            {
                const string Cause = "another network has its name";
                _networks[network.Key] = plan.Add(
                    new RemoveNetwork { Target = "network:" + network.Key, Cause = Cause, Network = network.Name, NetworkId = duplicate.Id },
                    plan.Operation("Remove", "network:" + network.Key, Cause));
            }

            var found = NetworkPlanner.Find(context, network);
            if (found is null)
                _networks[network.Key] = Create(network, plan.Operation("Create", "network:" + network.Key, "no such network"), "no such network", []);
            else if (!NetworkPlanner.IsOwn(context, found))
                plan.Warn($"Network {network.Name} exists but was not created for project {context.Project.Name}; declare it 'external: true' to use it on purpose.");
            else if (_drifted.Contains(network.Name))
                Recreate(network, found);
        }
    }

    private bool IsOneOff(ServiceDefinition service) => context.Options.OneOff?.Service == service.Name;

    /// <summary>-Wait: one wait per service, after all is started.</summary>
    public void Wait()
    {
        if (!context.Options.Wait || context.Options.NoStart)
            return;
        foreach (var service in services.Where(service => _live[service.Name].Count > 0))
        {
            var finishes = services.Any(other => other.DependsOn.TryGetValue(service.Name, out var dependency) && dependency.Condition == "service_completed_successfully");
            var condition = finishes ? "service_completed_successfully" : "running_or_healthy";
            if (!IsReached(service.Name, condition))
                WaitFor(service.Name, condition, "asked for", context.Options.WaitTimeout);
        }
    }

    private int Create(NetworkDefinition network, int operation, string cause, IEnumerable<int> after) => plan.Add(
        new CreateNetwork { Target = "network:" + network.Key, Cause = cause, Network = network.Name, Request = NetworkPlanner.Request(context, network) },
        operation, PlanBuilder.AfterAll(after));

    private int Create(VolumeDefinition volume, int operation, string cause, IEnumerable<int> after) => plan.Add(
        new CreateVolume { Target = "volume:" + volume.Key, Cause = cause, Volume = volume.Name, Request = VolumePlanner.Request(context, volume) },
        operation, PlanBuilder.AfterAll(after));

    private void Recreate(NetworkDefinition network, ObservedNetwork found)
    {
        const string Cause = "its configuration changed";
        var target = "network:" + network.Key;
        var operation = plan.Operation("Recreate", target, Cause, "Downtime");
        var kept = _decisions.Values.SelectMany(decisions => decisions).Where(decision => decision.Fate == Fate.Keep || decision.Conditional)
            .Select(decision => decision.Existing!.Id).ToList();
        var attached = context.State.Containers.Where(container => container.Networks.Values.Contains(found.Id)).OrderBy(container => container.Name, StringComparer.Ordinal).ToList();
        var cleared = new List<int>();
        foreach (var container in attached)
        {
            var stop = container.IsRunning ? [Stop(container, operation, Cause, [])] : Array.Empty<int>();
            cleared.Add(plan.Add(
                new DisconnectNetwork { Target = target, Cause = Cause, Network = network.Name, Container = container.Name, Reference = ContainerReference.Existing(container), NetworkId = found.Id },
                operation, PlanBuilder.AfterAll(stop)));
        }

        var removed = plan.Add(new RemoveNetwork { Target = target, Cause = Cause, Network = network.Name, NetworkId = found.Id, Impact = "Downtime" }, operation, PlanBuilder.AfterAll(cleared));
        var created = _networks[network.Key] = Create(network, operation, Cause, [removed]);
        foreach (var container in attached)
        {
            var inRun = _decisions.ContainsKey(container.Service);
            if (inRun && !kept.Contains(container.Id))
                continue;
            var service = context.Project.Services.TryGetValue(container.Service, out var definition) ? definition : null;
            var connected = plan.Add(
                new ConnectNetwork
                {
                    Target = target, Cause = Cause, Network = network.Name, Container = container.Name, Reference = ContainerReference.Existing(container),
                    Endpoint = service is null ? null : Requests.EndpointTranslation.Endpoint(service, container.Name, network.Key, []),
                },
                operation, PlanBuilder.After(created));
            if (inRun)
                Stopped(container, operation).Add(connected);
            else if (container.IsRunning)
                plan.Add(Start(ContainerReference.Existing(container), container.Service, container.Number, service, Cause), operation, PlanBuilder.After(connected));
        }
    }

    private void Drifted(VolumeDefinition volume)
    {
        var question = "recreate-volume:" + volume.Key;
        if (!context.Answers.Agrees(question))
        {
            plan.Ask(question, $"Volume {volume.Name} exists but its configuration changed. Recreate it? Its data will be lost.");
            plan.Warn($"Volume {volume.Name} exists but its configuration changed; it is kept as it is.");
            return;
        }

        const string Cause = "its configuration changed";
        var target = "volume:" + volume.Key;
        var operation = plan.Operation("Recreate", target, Cause, "DataLoss");
        var gone = new List<int>();
        foreach (var user in context.State.Containers.Where(container => container.Mounts.Any(mount => mount.Name == volume.Name)))
        {
            var stop = user.IsRunning ? [Stop(user, operation, Cause, [])] : Array.Empty<int>();
            gone.Add(plan.Add(Steps.Remove(user, Cause, volumes: false), operation, PlanBuilder.AfterAll(stop)));
            _removed.Add(user.Id);
        }

        var removed = plan.Add(new RemoveVolume { Target = target, Cause = Cause, Volume = volume.Name, Impact = "DataLoss" }, operation, PlanBuilder.AfterAll(gone));
        _volumes[volume.Key] = Create(volume, operation, Cause, [removed]);
    }

    private List<int> Stopped(ObservedContainer container, int operation)
    {
        if (!_stopped.TryGetValue(container.Id, out var entry))
            _stopped[container.Id] = entry = (operation, []);
        return entry.After;
    }
}
