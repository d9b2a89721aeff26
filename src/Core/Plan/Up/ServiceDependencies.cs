using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;

namespace Compose.Plan.Up;

/// <summary>The steps that have to come before a service's containers are created, and before they start.</summary>
/// <param name="images">The steps that pull or build images.</param>
/// <param name="networks">The steps that create networks, by key.</param>
/// <param name="volumes">The steps that create volumes, by key.</param>
/// <param name="planned">The services planned so far.</param>
/// <param name="waits">Makes the waits for services.</param>
internal sealed class ServiceDependencies(
    ImageSteps images, IReadOnlyDictionary<string, int> networks, IReadOnlyDictionary<string, int> volumes,
    PlannedServices planned, ServiceWaits waits)
{
    /// <summary>The steps before a start, by depends_on. Adds a wait where a condition does not hold yet.</summary>
    public IReadOnlyList<PlanEdge> BeforeStart(ServiceDefinition service)
    {
        var edges = new List<PlanEdge>();
        foreach (var pair in service.DependsOn)
        {
            var (name, dependency) = (pair.Key, pair.Value);
            if (planned.Find(name) is not { } target)
                continue;
            if (dependency.Condition == "service_started")
                edges.AddRange(target.Started.Select(id => new PlanEdge(id, dependency.Required)));
            else if (target.Containers.Count > 0
                && waits.For(name, dependency.Condition, $"service {service.Name} depends on it", dependency.Required)
                    is { } wait)
                edges.Add(new PlanEdge(wait, dependency.Required));
        }

        return edges;
    }

    /// <summary>The steps that make what a container of the service is created with.</summary>
    public IEnumerable<PlanEdge> BeforeCreate(ServiceDefinition service) => PlanBuilder.AfterAll(
    [
        .. ImagesOf(service),
        .. service.NetworkMode is null ? StepsOf(service.Networks.Keys, networks) : [],
        .. StepsOf(
            service.Volumes.Where(mount => mount.Type == "volume").Select(mount => mount.Source).OfType<string>(), volumes),
        .. planned.Parents(service).Values.Concat(Linked(service)).Select(container => container.CreatedBy).OfType<int>(),
        // On the default bridge the engine takes whichever container has the name at that moment.
        .. ServiceOrder.Bound(service).SelectMany(name => planned.Find(name)?.Named ?? []),
    ]);

    /// <summary>The step that pulls the image of a hook, if any.</summary>
    public IEnumerable<PlanEdge> BeforeHook(HookDefinition hook) =>
        hook.Image is { } image ? PlanBuilder.AfterAll(StepsOf([image], images.Images)) : [];

    private IEnumerable<int> ImagesOf(ServiceDefinition service) =>
        StepsOf([service.Name], images.Services).Concat(StepsOf(ImageMountRewrite.Of(service), images.Images));

    private IEnumerable<ContainerReference> Linked(ServiceDefinition service) => service.Links
        .SelectMany(link => planned.Find(EndpointTranslation.Link(link).Service)?.Containers ?? []);

    private static IEnumerable<int> StepsOf(IEnumerable<string> keys, IReadOnlyDictionary<string, int> steps) =>
        keys.Where(steps.ContainsKey).Select(key => steps[key]);
}
