using Compose.Errors;
using Compose.State;

namespace Compose.Plan;

/// <summary>Start, stop and restart of what exists, in the order the depends_on labels tell.</summary>
internal static class LifecyclePlanner
{
    public static ComposePlan Start(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var selected = Select(state, request).Where(container => !container.IsRunning).ToList();
        StartAll(plan, state, selected, container => plan.Operation("Start", Targets.Container(container), container.State), container => container.State, _ => []);
        return plan.Build(state);
    }

    public static ComposePlan Stop(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var selected = Select(state, request).Where(container => container.IsRunning || container.State == "paused").ToList();
        StopAll(plan, state, selected, container => plan.Operation("Stop", Targets.Container(container), "asked for", "Downtime"), "asked for", request.Timeout);
        return plan.Build(state);
    }

    public static ComposePlan Restart(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var selected = Select(state, request);
        var operations = selected.ToDictionary(container => container.Id, container => plan.Operation("Restart", Targets.Container(container), "asked for", "Downtime"));
        var stops = StopAll(plan, state, [.. selected.Where(container => container.IsRunning || container.State == "paused")],
            container => operations[container.Id], "asked for", request.Timeout);
        StartAll(plan, state, selected, container => operations[container.Id], _ => "asked for",
            container => stops.TryGetValue(container.Id, out var stop) ? [stop] : []);
        return plan.Build(state);
    }

    /// <summary>The containers meant; a service or container that does not exist is refused.</summary>
    public static IReadOnlyList<ObservedContainer> Select(ObservedState state, LifecycleRequest request)
    {
        var replicas = state.Containers.Where(container => container.IsReplica).ToList();
        if (replicas.Count == 0)
            throw StateErrors.ProjectNotFound.Exception($"The engine has no container of project '{request.ProjectName}'.", request.ProjectName);
        foreach (var name in request.Services)
        {
            if (!replicas.Any(container => container.Service == name))
                throw StateErrors.ServiceNotFound.Exception($"Project '{request.ProjectName}' has no container of service '{name}'.", name);
        }

        return
        [
            .. replicas.Where(container => request.Services.Count == 0 || request.Services.Contains(container.Service))
                .Where(container => request.Containers.Count == 0 || request.Containers.Contains(container.Name))
                .OrderBy(container => container.Service, StringComparer.Ordinal).ThenBy(container => container.Number),
        ];
    }

    /// <summary>Adds stops, dependents first; the answer is the step by container id.</summary>
    public static Dictionary<string, int> StopAll(
        PlanBuilder plan, ObservedState state, IReadOnlyList<ObservedContainer> containers, Func<ObservedContainer, int> operation, string cause, TimeSpan? timeout)
    {
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new LabelOrder(state.Containers);
        foreach (var service in order.DependenciesFirst(containers.Select(container => container.Service)).Reverse())
        {
            var after = containers.Where(other => order.DependsOn(other.Service, service) && steps.ContainsKey(other.Id)).Select(other => steps[other.Id]).ToList();
            foreach (var container in containers.Where(container => container.Service == service).OrderByDescending(container => container.Number))
                steps[container.Id] = plan.Add(Steps.Stop(container, cause, timeout), operation(container), PlanBuilder.AfterAll(after));
        }

        return steps;
    }

    private static void StartAll(
        PlanBuilder plan, ObservedState state, IReadOnlyList<ObservedContainer> containers,
        Func<ObservedContainer, int> operation, Func<ObservedContainer, string> cause, Func<ObservedContainer, IReadOnlyList<int>> first)
    {
        var steps = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var waits = new Dictionary<(string, string), int>();
        var order = new LabelOrder(state.Containers);
        foreach (var service in order.DependenciesFirst(containers.Select(container => container.Service)))
        {
            var edges = new List<int>();
            foreach (var (dependency, condition) in order.Dependencies(service))
            {
                if (!steps.TryGetValue(dependency, out var started))
                    continue;
                if (condition is not ("service_healthy" or "service_completed_successfully"))
                {
                    edges.AddRange(started);
                    continue;
                }

                if (!waits.TryGetValue((dependency, condition), out var wait))
                {
                    waits[(dependency, condition)] = wait = plan.Add(
                        new WaitForService
                        {
                            Target = "service:" + dependency, Cause = $"service {service} depends on it", Service = dependency, Condition = condition,
                            Containers = [.. state.Replicas(dependency).Select(ContainerReference.Existing)],
                        },
                        0, PlanBuilder.AfterAll(started));
                }

                edges.Add(wait);
            }

            steps[service] = [];
            foreach (var container in containers.Where(container => container.Service == service).OrderBy(container => container.Number))
            {
                var start = new StartContainer
                {
                    Target = Targets.Container(container), Cause = cause(container), Container = container.Name, Service = service,
                    Reference = ContainerReference.Existing(container), Paused = container.State == "paused" && first(container).Count == 0,
                    PicksPorts = true,
                };
                steps[service].Add(plan.Add(start, operation(container), PlanBuilder.AfterAll(edges.Concat(first(container)))));
            }
        }
    }
}
