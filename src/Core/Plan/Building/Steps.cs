using Compose.Errors;
using Compose.Model;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Building;

/// <summary>Steps that several planners use.</summary>
internal static class Steps
{
    public static StopContainer Stop(ObservedContainer container, string cause, TimeSpan? timeout) => new()
    {
        Target = Targets.Container(
            container), Cause = cause, Container = container.Name, Service = container.Service, Impact = "Downtime",
        Timeout = Seconds(timeout), Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
    };

    /// <summary>A grace period in the engine's form: whole seconds.</summary>
    public static int? Seconds(TimeSpan? timeout) =>
        timeout is { } grace ? (int)Math.Min(int.MaxValue, Math.Ceiling(grace.TotalSeconds)) : null;

    /// <summary>Adds a step for each hook, one after the other, and returns them in order.</summary>
    /// <param name="plan">The plan that gets the steps.</param>
    /// <param name="hooks">The hooks.</param>
    /// <param name="like">The template of the steps.</param>
    /// <param name="operation">The operation of the steps.</param>
    /// <param name="after">The steps before the first hook.</param>
    public static IReadOnlyList<int> Hooks(
        PlanBuilder plan, IReadOnlyList<HookDefinition> hooks, RunHook like, int operation, IReadOnlyList<int> after)
    {
        var steps = new List<int>();
        foreach (var definition in hooks)
        {
            var before = steps.Count > 0 ? [steps[steps.Count - 1]] : after;
            var hook = like with { Definition = definition, Number = steps.Count };
            steps.Add(plan.Add(hook, operation, PlanBuilder.AfterAll(before)));
        }

        return steps;
    }

    /// <summary>Adds the pre_stop or post_start hooks that the files have for an existing container.</summary>
    /// <param name="plan">The plan that gets the steps.</param>
    /// <param name="project">The project; null without files.</param>
    /// <param name="container">The container.</param>
    /// <param name="hook">pre_stop or post_start.</param>
    /// <param name="cause">Why the container is stopped or started.</param>
    /// <param name="operation">The operation of the steps.</param>
    /// <param name="after">The steps before the first hook.</param>
    /// <param name="edges">More steps before each hook; their edges may be optional.</param>
    public static IReadOnlyList<int> Hooks(
        PlanBuilder plan, ComposeProject? project, ObservedContainer container, string hook, string cause, int operation,
        IReadOnlyList<int> after, IReadOnlyList<PlanEdge>? edges = null)
    {
        if (project is null || !project.Services.TryGetValue(container.Service, out var service))
            return [];
        var like = new RunHook
        {
            Target = Targets.Container(container),
            Cause = cause,
            Container = container.Name,
            Service = container.Service,
            Replica = container.Number,
            Hook = hook,
            Reference = ContainerReference.Existing(container),
            After = edges ?? [],
        };
        return Hooks(plan, hook == "pre_stop" ? service.PreStop : service.PostStart, like, operation, after);
    }

    /// <summary>
    /// Adds the pre_start hooks of a service none of whose replicas runs. They run once for the service, each in a container of
    /// its own after the one before, with the volumes of the replica of the lowest number. Containers that failed hooks left
    /// are removed first. Returns the last step.
    /// </summary>
    /// <param name="plan">The plan that gets the steps.</param>
    /// <param name="state">What the engine has.</param>
    /// <param name="source">What a replica is created from.</param>
    /// <param name="lowest">The replica of the lowest number.</param>
    /// <param name="after">The steps before the hooks.</param>
    /// <param name="image">The step that pulls the image of a hook, if any.</param>
    public static IReadOnlyList<PlanEdge> PreStart(
        PlanBuilder plan, ObservedState state, ContainerSource source, ContainerReference lowest, IEnumerable<PlanEdge> after,
        Func<HookDefinition, IEnumerable<PlanEdge>> image)
    {
        var service = source.Service;
        if (service.PreStart.Count == 0)
            return [];
        if (service.HasMissingFiles)
        {
            throw PlanErrors.ServiceFilesMissing.Exception(
                $"The pre_start container of service '{service.Name}' cannot be made: its env_file or label_file cannot be read.",
                service.Name);
        }

        var target = Targets.Service(service.Name);
        const string Cause = "no replica runs";
        var operation = plan.Operation("Hook", target, Cause);
        var cleared = state.Containers.Where(container =>
            container.Hook && container.Service == service.Name && !container.IsRunning)
            .Select(container => plan.Add(Remove(container, "left over from a hook that failed", volumes: true), operation))
            .ToList();
        IReadOnlyList<PlanEdge> last = [.. after, .. PlanBuilder.AfterAll(cleared)];
        foreach (var (hook, number) in service.PreStart.Select((hook, number) => (hook, number)))
        {
            var step = plan.Add(
                new RunHookContainer
                {
                    Target = target,
                    Cause = Cause,
                    Service = service.Name,
                    Hook = "pre_start",
                    Number = number,
                    Image = hook.Image ?? source.Image,
                    Definition = hook,
                    Source = source,
                    Reference = lowest,
                },
                operation, [.. last, .. image(hook)]);
            last = [PlanBuilder.After(step)];
        }

        return last;
    }

    /// <summary>
    /// Removes a container. One that holds another's anonymous volumes has some of its own for its image; they are removed too.
    /// </summary>
    public static RemoveContainer Remove(ObservedContainer container, string cause, bool volumes) => new()
    {
        Target = Targets.Container(
            container), Cause = cause, Container = container.Name, Service = container.Service, Volumes = volumes
            || container.Keeper,
        Reference = ContainerReference.Existing(container),
    };
}
