using Compose.Engine.Dto;
using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    public void Networks()
    {
        foreach (var network in UpPlanner.UsedNetworks(context, services).Where(network => !network.External))
        {
            foreach (var duplicate in NetworkPlanner.Duplicates(context, network))
            {
                const string Cause = "another network has its name";
                _networks[network.Key] = plan.Add(
                    new RemoveNetwork
                    {
                        Target = "network:" + network.Key,
                        Cause = Cause,
                        Network = network.Name,
                        NetworkId = duplicate.Id,
                    },
                    plan.Operation("Remove", "network:" + network.Key, Cause));
            }

            var found = NetworkPlanner.Find(context, network);
            if (found is null)
                _networks[network.Key] = Create(
                    network, plan.Operation("Create", "network:" + network.Key, "no such network"), "no such network", []);
            else if (!NetworkPlanner.IsOwn(context, found))
                plan.Warn(
                    $"Network {network.Name} exists but was not created for project {context.Project.Name}; declare it "
                        + "'external: true' to use it on purpose.");
            else if (_recreatedNetworks.Contains(network.Name))
                Recreate(network, found);
            else if (NetworkPlanner.Drift(context, network) is { } changes)
                plan.Warn(
                    $"Network {network.Name} exists but its configuration changed{Fields(changes)}; it is kept as it is, for "
                        + $"container {NetworkPlanner.Stranger(context, found)} of no service here is on it.");
        }
    }

    private int Create(
        NetworkDefinition network, int operation, string cause, IEnumerable<int> after,
        IReadOnlyList<FieldChange>? changes = null) => plan.Add(
        new CreateNetwork
        {
            Target = "network:" + network.Key,
            Cause = cause,
            Changes = changes ?? [],
            Network = network.Name,
            Request = NetworkPlanner.Request(context, network),
        },
        operation, PlanBuilder.AfterAll(after));

    private void Recreate(NetworkDefinition network, ObservedNetwork found)
    {
        const string Cause = "its configuration changed";
        var target = "network:" + network.Key;
        var operation = plan.Operation("Recreate", target, Cause, "Downtime");
        var kept = _decisions.Values.SelectMany(decisions => decisions)
            .Where(decision => decision.Fate == Fate.Keep || decision.Conditional)
            .Select(decision => decision.Existing!.Id).ToList();
        var attached = context.State.Containers.Where(container => container.Networks.Values.Contains(found.Id))
            .OrderBy(container => container.Name, StringComparer.Ordinal)
            .ToList();
        var cleared = new List<int>();
        foreach (var container in attached)
        {
            var stop = container.IsUp ? [Stop(container, operation, Cause, [])] : Array.Empty<int>();
            cleared.Add(plan.Add(
                new DisconnectNetwork
                {
                    Target = target,
                    Cause = Cause,
                    Network = network.Name,
                    Container = container.Name,
                    Reference = ContainerReference.Existing(container),
                    NetworkId = found.Id,
                },
                operation, PlanBuilder.AfterAll(stop)));
        }

        var removed = plan.Add(
            new RemoveNetwork
            {
                Target = target,
                Cause = Cause,
                Network = network.Name,
                NetworkId = found.Id,
                Impact = "Downtime",
            },
            operation, PlanBuilder.AfterAll(cleared));
        var created = _networks[network.Key] = Create(
            network, operation, Cause, [removed], NetworkPlanner.Drift(context, network));
        foreach (var container in attached)
        {
            var inRun = container.IsReplica && _decisions.ContainsKey(container.Service);
            if (inRun && !kept.Contains(container.Id))
                continue;
            var service = context.Project.Services.TryGetValue(container.Service, out var definition) ? definition : null;
            var connected = plan.Add(
                new ConnectNetwork
                {
                    Target =
                        target, Cause =
                            Cause, Network = network.Name, Container = container.Name, Reference = ContainerReference.Existing(
                                container),
                    Endpoint = Endpoint(service, container, network),
                },
                operation, PlanBuilder.After(created));
            if (inRun)
            {
                Stopped(container, operation).Add(connected);
                StopSharers(container, operation);
            }
            else if (container.IsUp)
                plan.Add(
                    Start(ContainerReference.Existing(container), container.Service, container.Number, service, Cause), operation,
                    PlanBuilder.After(connected));
        }
    }

    /// <summary>
    /// How a container joins a network again: a replica as its service says, one that the files do not tell of by its names.
    /// </summary>
    private EndpointSettings? Endpoint(ServiceDefinition? service, ObservedContainer container, NetworkDefinition network)
    {
        if (!container.IsReplica)
            return null;
        var name = Leftovers.WithoutTemporary(container.Name);
        if (service is null || service.NetworkMode is not null || !service.Networks.ContainsKey(network.Key))
            return new EndpointSettings { Aliases = [name, container.Service] };
        var like = Source(service, new ReplicaDecision(Fate.Keep, container.Number, container, ""), name);
        return RequestBinder.Endpoints(like)[network.Name];
    }

    private static string Fields(IReadOnlyList<FieldChange> changes) =>
        changes.Count == 0 ? "" : $" ({string.Join(", ", changes)})";
}
