using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Compare;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Plans the creation of missing networks and the recreation of changed ones.</summary>
internal sealed class NetworkPhase(
    UpScope scope, PlanBuilder plan, ContainerTeardown teardown, UpDecisions decisions, TemporaryStops stops,
    ContainerSteps steps)
{
    private readonly Dictionary<string, int> _steps = new(StringComparer.Ordinal);

    /// <summary>The containers that this plan keeps, at least if no image changes.</summary>
    private readonly HashSet<string> _kept = new(
        decisions.Replicas.Values.SelectMany(replicas => replicas)
            .Where(decision => decision.Fate == Fate.Keep || decision.Conditional)
            .Select(decision => decision.Existing!.Id),
        StringComparer.Ordinal);

    /// <summary>Returns, by the network's key, the step after which a container can join.</summary>
    public IReadOnlyDictionary<string, int> Plan()
    {
        foreach (var network in scope.OwnNetworks)
        {
            foreach (var duplicate in NetworkPlanner.Duplicates(scope.Context, network))
                RemoveDuplicate(network, duplicate);
            Plan(network);
        }

        return _steps;
    }

    private void Plan(NetworkDefinition network)
    {
        const string Missing = "no such network";
        var context = scope.Context;
        var found = NetworkPlanner.Find(context, network);
        if (found is null)
            Create(network, plan.Operation("Create", TargetOf(network), Missing), Missing, [], []);
        else if (!NetworkPlanner.IsOwn(context, found))
            plan.Warn(
                $"Network {network.Name} exists but was not created for project {context.Project.Name}; declare it "
                    + "'external: true' to use it on purpose.");
        else if (decisions.RecreatedNetworks.Contains(network.Name))
            Recreate(network, found);
        else if (NetworkPlanner.Drift(context, network) is { } changes)
            plan.Warn(
                $"Network {network.Name} exists but its configuration changed{ResourceComparer.Listed(changes)}; it is kept as "
                    + $"it is, for container {NetworkPlanner.ForeignContainer(context, found)} of no service here is on it.");
    }

    private static string TargetOf(NetworkDefinition network) => "network:" + network.Key;

    private void RemoveDuplicate(NetworkDefinition network, ObservedNetwork duplicate)
    {
        const string Cause = "another network has its name";
        _steps[network.Key] = plan.Add(
            new RemoveNetwork
            {
                Target = TargetOf(network), Cause = Cause, Network = network.Name, NetworkId = duplicate.Id,
            },
            plan.Operation("Remove", TargetOf(network), Cause));
    }

    private int Create(
        NetworkDefinition network, int operation, string cause, IReadOnlyList<FieldChange> changes, IReadOnlyList<int> after) =>
        _steps[network.Key] = plan.Add(
            new CreateNetwork
            {
                Target = TargetOf(network),
                Cause = cause,
                Changes = changes,
                Network = network.Name,
                Request = NetworkPlanner.Request(scope.Context, network),
            },
            operation, PlanBuilder.AfterAll(after));

    private void Recreate(NetworkDefinition network, ObservedNetwork found)
    {
        const string Cause = "its configuration changed";
        var operation = plan.Operation("Recreate", TargetOf(network), Cause, "Downtime");
        var attached = scope.Context.State.Containers.Where(container => container.Networks.Values.Contains(found.Id))
            .OrderBy(container => container.Name, StringComparer.Ordinal)
            .ToList();
        var cleared = attached.Select(container => Disconnect(container, network, found, operation, Cause)).ToList();
        var removed = plan.Add(
            new RemoveNetwork
            {
                Target = TargetOf(network),
                Cause = Cause,
                Network = network.Name,
                NetworkId = found.Id,
                Impact = "Downtime",
            },
            operation, PlanBuilder.AfterAll(cleared));
        var changes = NetworkPlanner.Drift(scope.Context, network) ?? [];
        var created = Create(network, operation, Cause, changes, [removed]);
        foreach (var container in attached.Where(container => !IsInRun(container) || _kept.Contains(container.Id)))
            Reconnect(container, network, operation, Cause, created);
    }

    private int Disconnect(
        ObservedContainer container, NetworkDefinition network, ObservedNetwork found, int operation, string cause)
    {
        var stop = teardown.StopIfUp(container, operation, cause, []);
        return plan.Add(
            new DisconnectNetwork
            {
                Target = TargetOf(network),
                Cause = cause,
                Network = network.Name,
                Container = container.Name,
                Reference = ContainerReference.Existing(container),
                NetworkId = found.Id,
            },
            operation, PlanBuilder.AfterAll(stop));
    }

    private void Reconnect(
        ObservedContainer container, NetworkDefinition network, int operation, string cause, int created)
    {
        var service = scope.Context.Project.Services.TryGetValue(container.Service, out var definition) ? definition : null;
        var reference = ContainerReference.Existing(container);
        var connected = plan.Add(
            new ConnectNetwork
            {
                Target = TargetOf(network),
                Cause = cause,
                Network = network.Name,
                Container = container.Name,
                Reference = reference,
                Endpoint = Endpoint(service, container, network),
            },
            operation, PlanBuilder.After(created));
        if (IsInRun(container))
        {
            stops.StartAgain(container, operation, connected);
            stops.StopSharers(container, operation, []);
        }
        else if (container.IsUp)
            plan.Add(
                steps.Start(reference, container.Service, container.Number, service, cause), operation,
                PlanBuilder.After(connected));
    }

    private bool IsInRun(ObservedContainer container) =>
        container.IsReplica && decisions.Replicas.ContainsKey(container.Service);

    /// <summary>
    /// How a container joins a network again: a replica as its service says, a container whose service the files do not have by
    /// its names. Null for containers that are not replicas: they join without names.
    /// </summary>
    private EndpointSettings? Endpoint(ServiceDefinition? service, ObservedContainer container, NetworkDefinition network)
    {
        if (!container.IsReplica)
            return null;
        var name = TemporaryContainers.FinalName(container.Name);
        if (service is null || service.NetworkMode is not null || !service.Networks.ContainsKey(network.Key))
            return new EndpointSettings { Aliases = [name, container.Service] };
        var source = steps.Source(service, new ReplicaDecision(Fate.Keep, container.Number, container, ""), name);
        return RequestBinder.Endpoints(source)[network.Name];
    }
}
