using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>
/// Plans restart: containers restart in place, dependencies first, together with dependents that have <c>restart: true</c>.
/// </summary>
internal static class RestartPlanner
{
    private const string AskedFor = "asked for";

    public static ComposePlan Plan(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var order = new DependencyOrder(state.Containers, request.Project);
        var causes = LifecyclePlanner.Select(state, request).ToDictionary(container => container.Id, _ => AskedFor);
        if (!request.NoDependencies)
            AddDependents(state, order, causes);
        var containers = state.Containers.Where(container => causes.ContainsKey(container.Id)).ToList();
        var restarted = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var service in order.DependenciesFirst(containers.Select(container => container.Service)))
        {
            var after = request.NoDependencies ? [] : Before(plan, state, order, service, restarted);
            restarted[service] =
            [
                .. containers.Where(container => container.Service == service).OrderBy(container => container.Number)
                    .Select(container => Restart(plan, request, container, causes[container.Id], after)),
            ];
        }

        return plan.Build(state);
    }

    private static void AddDependents(ObservedState state, DependencyOrder order, Dictionary<string, string> causes)
    {
        var services = state.Containers.Where(container => causes.ContainsKey(container.Id))
            .Select(container => container.Service)
            .ToList();
        var reached = order.WithRestarted(services);
        foreach (var container in state.Containers.Where(container =>
            container.IsReplica && reached.Contains(container.Service) && !services.Contains(container.Service)))
        {
            var dependency = order.Dependencies(container.Service)
                .First(entry => entry.Restart && reached.Contains(entry.Service)).Service;
            causes[container.Id] = $"it is restarted with {dependency}";
        }
    }

    /// <summary>
    /// The steps before a service's restarts: the restarts of its dependencies, or the waits for them.
    /// </summary>
    private static IReadOnlyList<PlanEdge> Before(
        PlanBuilder plan, ObservedState state, DependencyOrder order, string service, Dictionary<string, List<int>> restarted)
    {
        var before = new List<PlanEdge>();
        foreach (var dependency in order.Dependencies(service).Where(entry =>
            entry.Restart && restarted.ContainsKey(entry.Service)))
        {
            if (dependency.Condition is "service_healthy" or "service_completed_successfully")
            {
                before.Add(PlanBuilder.After(LifecyclePlanner.Wait(
                    plan,
                    state,
                    dependency.Service,
                    dependency.Condition,
                    $"service {service} depends on it",
                    null,
                    restarted[dependency.Service],
                    dependency.Required)));
            }
            else
                before.AddRange(restarted[dependency.Service].Select(id => new PlanEdge(id, dependency.Required)));
        }

        return before;
    }

    private static int Restart(
        PlanBuilder plan, LifecycleRequest request, ObservedContainer container, string cause, IReadOnlyList<PlanEdge> after)
    {
        var operation = plan.Operation("Restart", Targets.Container(container), cause, "Downtime");
        var stopHooks = container.State == "running"
            ? Steps.Hooks(plan, request.Project, container, "pre_stop", cause, operation, [], after)
            : [];
        var restart = plan.Add(
            new RestartContainer
            {
                Target = Targets.Container(
                    container), Cause = cause, Container = container.Name, Service = container.Service, Impact = "Downtime",
                Timeout = Steps.Seconds(
                    request.Timeout), Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
            },
            operation, [.. after, .. PlanBuilder.AfterAll(stopHooks)]);
        return Steps.Hooks(plan, request.Project, container, "post_start", cause, operation, [restart])
            .DefaultIfEmpty(restart)
            .Last();
    }
}
