using Compose.Model;
using Compose.Plan.Input;
using Compose.Plan.Prepare;

namespace Compose.Plan.Up;

/// <summary>What the plan makes of a service.</summary>
/// <param name="Containers">The containers the service ends up with.</param>
/// <param name="Named">The steps that give new containers their final names.</param>
/// <param name="Started">The last step of each start: the start, or its last post_start hook.</param>
internal sealed record PlannedService(
    IReadOnlyList<ContainerReference> Containers, IReadOnlyList<int> Named, IReadOnlyList<int> Started);

/// <summary>The services planned so far; a service is planned after those it depends on.</summary>
internal sealed class PlannedServices(PlanContext context)
{
    private readonly Dictionary<string, PlannedService> _services = new(StringComparer.Ordinal);

    public PlannedService this[string service] => _services[service];

    public void Add(string service, PlannedService planned) => _services.Add(service, planned);

    /// <summary>The planned service of that name; null if it is not part of this run.</summary>
    public PlannedService? Find(string service) => _services.TryGetValue(service, out var planned) ? planned : null;

    /// <summary>The containers whose namespaces and volumes a service shares, of services outside the run too.</summary>
    public IReadOnlyDictionary<string, ContainerReference> Parents(ServiceDefinition service) =>
        ServiceOrder.ParentContainers(service, First);

    private ContainerReference? First(string service) => Find(service) is { } planned
        ? planned.Containers.FirstOrDefault()
        : ServiceOrder.FirstReplica(context.State, service);
}
