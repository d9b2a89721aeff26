using Compose.Model;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>
/// Containers that stay, but have to stop while something they depend on is recreated. They start again in the operation that
/// recreates it.
/// </summary>
internal sealed class TemporaryStops(UpScope scope, ContainerTeardown teardown, UpDecisions decisions)
{
    private readonly Dictionary<string, (int Operation, List<int> After)> _stops = new(StringComparer.Ordinal);

    /// <summary>By service, those that restart with it.</summary>
    private readonly ILookup<string, ServiceDefinition> _restarted = scope.Services
        .SelectMany(service => service.DependsOn.Where(dependency => dependency.Value.Restart)
            .Select(dependency => (dependency.Key, Service: service)))
        .ToLookup(pair => pair.Key, pair => pair.Service, StringComparer.Ordinal);

    /// <summary>By service, those that share its namespaces.</summary>
    private readonly ILookup<string, ServiceDefinition> _sharers = scope.Services
        .SelectMany(service => ServiceOrder.Namespaces(service).Select(name => (Name: name, Service: service)))
        .ToLookup(pair => pair.Name, pair => pair.Service, StringComparer.Ordinal);

    /// <summary>The operation in which a container starts again, and the steps before that start; null if it need not.</summary>
    public (int Operation, IReadOnlyList<int> After)? Of(ObservedContainer container) =>
        _stops.TryGetValue(container.Id, out var stop) ? stop : null;

    /// <summary>Starts a container again in this operation, after this step.</summary>
    public void StartAgain(ObservedContainer container, int operation, int after)
    {
        if (!_stops.TryGetValue(container.Id, out var stop))
            _stops[container.Id] = stop = (operation, []);
        stop.After.Add(after);
    }

    /// <summary>
    /// Stops the dependents with <c>restart: true</c> before the old container of a service is removed. The new one is created
    /// first: if that fails, they continue with the old one.
    /// </summary>
    public IReadOnlyList<int> StopDependents(ServiceDefinition service, int operation, int created, bool conditional = false)
    {
        var stops = new List<int>();
        foreach (var dependent in _restarted[service.Name].SelectMany(Running))
        {
            var stop = teardown.Stop(
                dependent, operation, $"it depends on {service.Name} with restart", [created], conditional);
            if (!_stops.ContainsKey(dependent.Id))
                StartAgain(dependent, operation, stop);
            stops.Add(stop);
            StopSharers(dependent, operation, [created], conditional);
        }

        return stops;
    }

    /// <summary>
    /// Stops the containers that share the namespaces of one that stops: its next start creates new namespaces, and they join
    /// those only when they start again too.
    /// </summary>
    public void StopSharers(
        ObservedContainer container, int operation, IReadOnlyList<int> after, bool conditional = false)
    {
        foreach (var sharer in _sharers[container.Service].SelectMany(Running))
        {
            if (_stops.ContainsKey(sharer.Id))
                continue;
            var stop = teardown.Stop(sharer, operation, $"it shares with {container.Service}", after, conditional);
            StartAgain(sharer, operation, stop);
            StopSharers(sharer, operation, after, conditional);
        }
    }

    /// <summary>The containers of a service that run and stay.</summary>
    private IEnumerable<ObservedContainer> Running(ServiceDefinition service) => decisions.Replicas[service.Name]
        .Where(decision => decision.Fate == Fate.Keep && decision.Existing!.IsRunning)
        .Select(decision => decision.Existing!);
}
