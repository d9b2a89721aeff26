using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    /// <summary>
    /// The edges a start of this service has to what it depends on; waits are made where the state is not reached yet.
    /// </summary>
    private IReadOnlyList<PlanEdge> DependenciesOf(ServiceDefinition service)
    {
        var edges = new List<PlanEdge>();
        foreach (var pair in service.DependsOn.Where(pair => _live.ContainsKey(pair.Key)))
        {
            var (name, dependency) = (pair.Key, pair.Value);
            if (dependency.Condition == "service_started")
                edges.AddRange(_started[name].Select(id => new PlanEdge(id, dependency.Required)));
            else if (_live[name].Count > 0 && !IsReached(name, dependency.Condition))
            {
                var cause = $"service {service.Name} depends on it";
                var wait = WaitFor(name, dependency.Condition, cause, null, dependency.Required);
                edges.Add(new PlanEdge(wait, dependency.Required));
            }
        }

        return edges;
    }

    /// <summary>Whether what was observed is already as asked and nothing of the service starts in this plan.</summary>
    private bool IsReached(string service, string condition) => _started[service].Count == 0
        && _decisions[service].Where(decision => decision.Existing is not null).All(decision => condition switch
        {
            "service_healthy" => decision.Existing!.Health == "healthy",
            "running_or_healthy" => decision.Existing!.State == "running" && decision.Existing.Health is "" or "healthy",
            _ => false,
        });

    private int WaitFor(string service, string condition, string cause, TimeSpan? timeout, bool required)
    {
        if (_waits.TryGetValue((service, condition, required), out var wait))
            return wait;
        return _waits[(service, condition, required)] = plan.Add(
            new WaitForService
            {
                Target = Targets.Service(service),
                Cause = cause,
                Service = service,
                Condition = condition,
                Timeout = timeout,
                Optional = !required,
                Containers = _live[service],
            },
            0, PlanBuilder.AfterAll(_started[service]));
    }

    private IEnumerable<PlanEdge> Prerequisites(ServiceDefinition service)
    {
        var needed = new List<int>();
        if (images.Services.TryGetValue(service.Name, out var image))
            needed.Add(image);
        needed.AddRange(ImageMounts.Of(service).Where(images.Images.ContainsKey).Select(mounted => images.Images[mounted]));
        if (service.NetworkMode is null)
            needed.AddRange(service.Networks.Keys.Where(_networks.ContainsKey).Select(key => _networks[key]));
        needed.AddRange(
            service.Volumes.Where(mount =>
                mount.Type == "volume" && mount.Source is not null && _volumes.ContainsKey(mount.Source))
                    .Select(mount => _volumes[mount.Source!]));
        var linked = service.Links.Select(link => EndpointTranslation.Link(link).Service).Where(_live.ContainsKey).ToList();
        needed.AddRange(
            Parents(service).Values.Concat(linked.SelectMany(name => _live[name]))
                .Where(container => container.CreatedBy > 0)
                .Select(container => container.CreatedBy));
        // On the default bridge the engine takes whichever container has the name at that moment.
        needed.AddRange(ServiceOrder.Bound(service).Where(_named.ContainsKey).SelectMany(name => _named[name]));
        return PlanBuilder.AfterAll(needed);
    }

    /// <summary>The containers whose namespaces and volumes a service shares, of one that is left out of this run too.</summary>
    private Dictionary<string, ContainerReference> Parents(ServiceDefinition service) => ServiceOrder.Parents(service)
        .Select(name => (Name: name, Containers: LiveOrObserved(name)))
        .Where(parent => parent.Containers.Count > 0)
        .ToDictionary(parent => parent.Name, parent => parent.Containers[0]);

    private IReadOnlyList<ContainerReference> LiveOrObserved(string service) => _live.TryGetValue(service, out var live)
        ? live
        : [.. context.State.Replicas(service).Select(ContainerReference.Existing)];
}
