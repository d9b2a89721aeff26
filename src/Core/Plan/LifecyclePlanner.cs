using Compose.Errors;
using Compose.Model;
using Compose.State;

namespace Compose.Plan;

/// <summary>Start and stop of what exists, in the order the files tell, or the depends_on labels.</summary>
internal static class LifecyclePlanner
{
    public static ComposePlan Start(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var meant = Select(state, request);
        var started = StartAll(plan, state, request.Project, [.. meant.Where(container => !container.IsRunning)]);
        if (request.Wait)
            WaitAll(plan, state, request, meant, started);
        return plan.Build(state);
    }

    public static ComposePlan Stop(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var selected = Select(state, request).Where(container => container.IsRunning || container.State == "paused").ToList();
        StopAll(plan, state, request.Project, selected, container => plan.Operation("Stop", Targets.Container(container), "asked for", "Downtime"), request.Timeout);
        return plan.Build(state);
    }

    /// <summary>
    /// The containers meant: replicas of the services named, or of all the files have; containers that are named, one-offs too.
    /// What is named and does not exist is refused.
    /// </summary>
    /// <param name="state">What there is.</param>
    /// <param name="request">What is meant.</param>
    /// <param name="oneOffs">Whether one-offs count as their service's.</param>
    public static IReadOnlyList<ObservedContainer> Select(ObservedState state, LifecycleRequest request, bool oneOffs = false)
    {
        if (state.Containers.Count == 0)
            throw StateErrors.ProjectNotFound.Exception($"The engine has no container of project '{request.ProjectName}'.", request.ProjectName);
        var counted = state.Containers.Where(container => container.IsReplica || (oneOffs && container.OneOff)).ToList();
        foreach (var name in request.Services)
        {
            if (!counted.Any(container => container.Service == name))
                throw StateErrors.ServiceNotFound.Exception($"Project '{request.ProjectName}' has no container of service '{name}'.", name);
        }

        foreach (var name in request.Containers)
        {
            if (!state.Containers.Any(container => container.Name == name))
                throw EngineErrors.ContainerNotFound.Exception($"Project '{request.ProjectName}' has no container '{name}'.", name);
        }

        var all = request.Services.Count == 0 && request.Containers.Count == 0;
        return
        [
            .. state.Containers
                .Where(container => request.Containers.Contains(container.Name)
                    || (counted.Contains(container) && (all ? request.Orphans || IsKnown(request.Project, container.Service) : request.Services.Contains(container.Service))))
                .OrderBy(container => container.Service, StringComparer.Ordinal).ThenBy(container => container.Number),
        ];
    }

    /// <summary>Adds stops, dependents first, each after its pre_stop hooks; the answer is the step by container id.</summary>
    public static Dictionary<string, int> StopAll(
        PlanBuilder plan, ObservedState state, ComposeProject? project, IReadOnlyList<ObservedContainer> containers, Func<ObservedContainer, int> operation, TimeSpan? timeout)
    {
        const string Cause = "asked for";
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new LabelOrder(state.Containers, project);
        foreach (var service in order.DependenciesFirst(containers.Select(container => container.Service)).Reverse())
        {
            var after = containers.Where(other => order.DependsOn(other.Service, service) && steps.ContainsKey(other.Id)).Select(other => steps[other.Id]).ToList();
            foreach (var container in containers.Where(container => container.Service == service).OrderByDescending(container => container.Number))
            {
                var part = operation(container);
                var hooks = container.State == "running" ? Steps.Hooks(plan, project, container, "pre_stop", Cause, part, after) : [];
                steps[container.Id] = plan.Add(Steps.Stop(container, Cause, timeout), part, PlanBuilder.AfterAll([.. after, .. hooks]));
            }
        }

        return steps;
    }

    /// <summary>The wait for what a dependent needs of a service, after the steps that start it.</summary>
    public static int Wait(PlanBuilder plan, ObservedState state, string service, string condition, string cause, TimeSpan? timeout, IEnumerable<int> after) => plan.Add(
        new WaitForService
        {
            Target = "service:" + service, Cause = cause, Service = service, Condition = condition, Timeout = timeout,
            Containers = [.. state.Replicas(service).Select(ContainerReference.Existing)],
        },
        0, PlanBuilder.AfterAll(after));

    /// <summary>Adds starts, dependencies first, each followed by its post_start hooks; the answer is each service's last steps.</summary>
    private static Dictionary<string, List<int>> StartAll(PlanBuilder plan, ObservedState state, ComposeProject? project, IReadOnlyList<ObservedContainer> containers)
    {
        var steps = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var waits = new Dictionary<(string, string), int>();
        var order = new LabelOrder(state.Containers, project);
        foreach (var service in order.DependenciesFirst(containers.Select(container => container.Service)))
        {
            var edges = new List<int>();
            foreach (var dependency in order.Dependencies(service))
            {
                if (!steps.TryGetValue(dependency.Service, out var started))
                    continue;
                if (dependency.Condition is not ("service_healthy" or "service_completed_successfully"))
                {
                    edges.AddRange(started);
                    continue;
                }

                if (!waits.TryGetValue((dependency.Service, dependency.Condition), out var wait))
                    waits[(dependency.Service, dependency.Condition)] = wait = Wait(plan, state, dependency.Service, dependency.Condition, $"service {service} depends on it", null, started);
                edges.Add(wait);
            }

            steps[service] = [];
            foreach (var container in containers.Where(container => container.Service == service).OrderBy(container => container.Number))
            {
                var operation = plan.Operation("Start", Targets.Container(container), container.State);
                var start = plan.Add(
                    new StartContainer
                    {
                        Target = Targets.Container(container), Cause = container.State, Container = container.Name, Service = service,
                        Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
                    },
                    operation, PlanBuilder.AfterAll(edges));
                var hooks = container.State == "paused" ? [] : Steps.Hooks(plan, project, container, "post_start", container.State, operation, [start]);
                steps[service].Add(hooks.DefaultIfEmpty(start).Last());
            }
        }

        return steps;
    }

    /// <summary>A service that another waits to complete shall complete; the others shall run or be healthy.</summary>
    private static void WaitAll(PlanBuilder plan, ObservedState state, LifecycleRequest request, IReadOnlyList<ObservedContainer> meant, Dictionary<string, List<int>> started)
    {
        var order = new LabelOrder(state.Containers, request.Project);
        var services = meant.Where(container => container.IsReplica).Select(container => container.Service).Distinct().ToList();
        var completed = new HashSet<string>(services.SelectMany(order.Dependencies).Where(entry => entry.Condition == "service_completed_successfully").Select(entry => entry.Service), StringComparer.Ordinal);
        foreach (var service in services)
        {
            Wait(plan, state, service, completed.Contains(service) ? "service_completed_successfully" : "running_or_healthy", "-Wait", request.WaitTimeout,
                started.TryGetValue(service, out var steps) ? steps : []);
        }
    }

    private static bool IsKnown(ComposeProject? project, string service) => project is null || project.Services.ContainsKey(service);
}
