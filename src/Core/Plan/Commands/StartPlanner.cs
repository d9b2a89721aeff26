using Compose.Model;
using Compose.Model.Naming;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>
/// Plans start of existing containers, dependencies first. With files it does the same as up: pre_start hooks if no replica
/// runs, current secrets and configs, and waits for dependencies.
/// </summary>
internal sealed class StartPlanner
{
    private readonly PlanBuilder _plan = new();
    private readonly ObservedState _state;
    private readonly PlanContext? _context;
    private readonly DependencyOrder _order;

    /// <summary>By service, the last step of each start.</summary>
    private readonly Dictionary<string, List<int>> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Service, string Condition, bool Required), int> _waits = [];

    private StartPlanner(ObservedState state, LifecycleRequest request) =>
        (_state, _context, _order) = (state, request.Context?.Invoke(), new DependencyOrder(state.Containers, request.Project));

    /// <summary>A named service starts with its dependencies, a named container alone.</summary>
    public static ComposePlan Plan(ObservedState state, LifecycleRequest request)
    {
        var selected = LifecyclePlanner.Select(state, request);
        var planner = new StartPlanner(state, request);
        var named = NamePattern.Matches(
            request.Services, selected.Where(container => container.IsReplica).Select(container => container.Service));
        var dependencies = planner._order.WithDependencies(named).Except(named);
        var containers = selected.Concat(dependencies.SelectMany(state.Replicas))
            .Distinct()
            .Where(container => !container.IsRunning)
            .ToList();
        foreach (var service in planner._order.DependenciesFirst(containers.Select(container => container.Service)))
            planner.Service(
                service, [.. containers.Where(container => container.Service == service).OrderBy(container => container.Number)]);
        if (request.Wait)
            planner.WaitAll(
                [.. selected.Where(container => container.IsReplica).Select(container => container.Service).Distinct()],
                request.WaitTimeout);
        return planner._plan.Build(state);
    }

    private void Service(string name, IReadOnlyList<ObservedContainer> containers)
    {
        var definition = _context?.Project.Services.TryGetValue(name, out var known) == true ? known : null;
        if (definition is not null)
            SecretFiles.Check(_context!.Project, definition);
        var ready = Ready(name);
        if (definition is not null
            && containers.All(container => container.State != "paused")
            && _state.Replicas(name) is { Count: > 0 } replicas
            && replicas.All(containers.Contains))
            ready = [
                .. ready,
                .. Steps.PreStart(
                    _plan, _state, Source(definition, replicas[0]), ContainerReference.Existing(replicas[0]), ready, _ => [])];
        _started[name] = [];
        foreach (var container in containers)
        {
            var operation = _plan.Operation("Start", Targets.Container(container), container.State);
            var start = _plan.Add(
                new StartContainer
                {
                    Target = Targets.Container(container), Cause = container.State, Container = container.Name, Service = name,
                    Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
                    Files = definition is null || !container.IsReplica ? [] : SecretFiles.Injected(_context!.Project, definition),
                },
                operation, ready);
            var hooks = container.State == "paused"
                ? []
                : Steps.Hooks(_plan, _context?.Project, container, "post_start", container.State, operation, [start]);
            _started[name].Add(hooks.DefaultIfEmpty(start).Last());
        }
    }

    /// <summary>The steps before a service's starts: the starts of its dependencies, or the waits for them.</summary>
    private IReadOnlyList<PlanEdge> Ready(string service)
    {
        var edges = new List<PlanEdge>();
        foreach (var dependency in _order.Dependencies(service))
        {
            var starts = _started.TryGetValue(dependency.Service, out var steps) ? steps : [];
            if (dependency.Condition is not ("service_healthy" or "service_completed_successfully"))
                edges.AddRange(starts.Select(step => new PlanEdge(step, dependency.Required)));
            else if (starts.Count > 0 || IsPending(dependency))
                edges.Add(new PlanEdge(Wait(service, dependency, starts), dependency.Required));
        }

        return edges;
    }

    /// <summary>Whether a dependency that this plan does not start runs, but does not meet the condition yet.</summary>
    private bool IsPending(ServiceDependency dependency) => _state.Replicas(dependency.Service)
        .Any(container =>
            container.IsRunning && (dependency.Condition == "service_completed_successfully" || container.Health != "healthy"));

    private int Wait(string service, ServiceDependency dependency, IReadOnlyList<int> starts)
    {
        if (dependency.Condition == "service_completed_successfully" && _context is not null)
            DependencyCheck.CheckCompletes(_context.Project, service, dependency.Service);
        var key = (dependency.Service, dependency.Condition, dependency.Required);
        if (_waits.TryGetValue(key, out var wait))
            return wait;
        return _waits[key] = LifecyclePlanner.Wait(
            _plan,
            _state,
            dependency.Service,
            dependency.Condition,
            $"service {service} depends on it",
            null,
            starts,
            dependency.Required);
    }

    private ContainerSource Source(ServiceDefinition service, ObservedContainer lowest) => new()
    {
        Project = _context!.Project,
        Service = service,
        Number = lowest.Number,
        FinalName = lowest.Name,
        Image = _context.Project.ImageOf(service),
        ApiMinor = _state.ApiMinor,
        Hashes = _context.Hashes,
        Release = _context.Release,
        Proxies = _context.Proxies,
        Parents = ServiceOrder.ParentContainers(service, _state),
    };

    /// <summary>-Wait: for completion if a dependent needs that, else until the service runs or is healthy.</summary>
    private void WaitAll(IReadOnlyList<string> services, TimeSpan? timeout)
    {
        var completed = new HashSet<string>(
            services.SelectMany(_order.Dependencies)
                .Where(entry => entry.Condition == "service_completed_successfully")
                .Select(entry => entry.Service),
            StringComparer.Ordinal);
        foreach (var service in services)
        {
            LifecyclePlanner.Wait(
                _plan, _state, service, completed.Contains(service) ? "service_completed_successfully" : "running_or_healthy",
                "-Wait", timeout,
                _started.TryGetValue(service, out var steps) ? steps : []);
        }
    }
}
