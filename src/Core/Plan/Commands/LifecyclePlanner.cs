using Compose.Errors;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>
/// Plans stop, in the order of the files or of the depends_on labels. Also has what the commands on existing containers share.
/// </summary>
internal static class LifecyclePlanner
{
    public static ComposePlan Stop(ObservedState state, LifecycleRequest request)
    {
        var plan = new PlanBuilder();
        var selected = Select(state, request).Where(container => container.IsUp).ToList();
        StopAll(
            plan, state, request.Project, selected,
            container => plan.Operation("Stop", Targets.Container(container), "asked for", "Downtime"), request.Timeout);
        return plan.Build(state);
    }

    /// <summary>
    /// The containers that a request selects: replicas of the services in it, or of all services of the files, and the containers
    /// in it, which may be one-offs. Unknown names are refused; wildcards may match nothing.
    /// </summary>
    /// <param name="state">What the engine has.</param>
    /// <param name="request">The request.</param>
    /// <param name="oneOffs">Whether a service's one-offs are selected with it.</param>
    public static IReadOnlyList<ObservedContainer> Select(ObservedState state, LifecycleRequest request, bool oneOffs = false)
    {
        if (state.Containers.Count == 0)
            throw new ComposeException(StateErrors.NoProject(state.EngineHost, request.ProjectName));
        var counted = state.Containers.Where(container => container.IsReplica || (oneOffs && container.OneOff)).ToList();
        foreach (var name in NamePattern.Unknown(request.Services, counted.Select(container => container.Service)))
            throw StateErrors.ServiceNotFound.Exception(
                $"Project '{request.ProjectName}' has no container of service '{name}'.", name);

        foreach (var name in request.Containers)
        {
            if (!state.Containers.Any(container => container.Name == name))
                throw EngineErrors.ContainerNotFound.Exception(
                    $"Project '{request.ProjectName}' has no container '{name}'.", name);
        }

        var all = request.Services.Count == 0 && request.Containers.Count == 0;
        var named = NamePattern.Matches(request.Services, counted.Select(container => container.Service));
        return
        [
            .. state.Containers
                .Where(container => request.Containers.Contains(container.Name)
                    || (counted.Contains(container) && IsServiceMeant(container.Service)))
                .OrderBy(container => container.Service, StringComparer.Ordinal).ThenBy(container => container.Number),
        ];

        bool IsServiceMeant(string service) =>
            all ? request.Orphans || IsKnown(request.Project, service) : named.Contains(service);
    }

    /// <summary>Adds stops, dependents first, each after its pre_stop hooks. Returns the steps by container id.</summary>
    public static Dictionary<string, int> StopAll(
        PlanBuilder plan, ObservedState state, ComposeProject? project, IReadOnlyList<ObservedContainer> containers,
        Func<ObservedContainer, int> operation, TimeSpan? timeout)
    {
        const string Cause = "asked for";
        var steps = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new DependencyOrder(state.Containers, project);
        foreach (var service in order.DependenciesFirst(containers.Select(container => container.Service)).Reverse())
        {
            var after = containers.Where(other => order.DependsOn(other.Service, service) && steps.ContainsKey(other.Id))
                .Select(other => steps[other.Id])
                .ToList();
            foreach (var container in containers.Where(container =>
                container.Service == service).OrderByDescending(container => container.Number))
            {
                var part = operation(container);
                var hooks = container.State == "running"
                    ? Steps.Hooks(plan, project, container, "pre_stop", Cause, part, after)
                    : [];
                steps[container.Id] = plan.Add(
                    Steps.Stop(container, Cause, timeout), part, PlanBuilder.AfterAll([.. after, .. hooks]));
            }
        }

        return steps;
    }

    /// <summary>Adds a wait until a service meets a condition, after the steps that start it.</summary>
    public static int Wait(
        PlanBuilder plan,
        ObservedState state,
        string service,
        string condition,
        string cause,
        TimeSpan? timeout,
        IEnumerable<int> after,
        bool required = true)
    {
        var wait = new WaitForService
        {
            Target = Targets.Service(service),
            Cause = cause,
            Service = service,
            Condition = condition,
            Timeout = timeout,
            Optional = !required,
            Containers = [.. state.Replicas(service).Select(ContainerReference.Existing)],
        };
        return plan.Add(wait, 0, PlanBuilder.AfterAll(after));
    }

    private static bool IsKnown(ComposeProject? project, string service) =>
        project is null || project.Services.ContainsKey(service);
}
