using Compose.Errors;
using Compose.Model;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan.Building;

/// <summary>Steps that several planners make alike.</summary>
internal static class Steps
{
    public static StopContainer Stop(ObservedContainer container, string cause, TimeSpan? timeout) => new()
    {
        Target = Targets.Container(
            container), Cause = cause, Container = container.Name, Service = container.Service, Impact = "Downtime",
        Timeout = Seconds(timeout), Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
    };

    /// <summary>A grace period as the engine takes it.</summary>
    public static int? Seconds(TimeSpan? timeout) =>
        timeout is { } grace ? (int)Math.Min(int.MaxValue, Math.Ceiling(grace.TotalSeconds)) : null;

    /// <summary>Adds the steps of hooks, one after the other, the first after the steps given; answers them in order.</summary>
    /// <param name="plan">Where they are added.</param>
    /// <param name="hooks">What is run.</param>
    /// <param name="like">What every step of them says.</param>
    /// <param name="operation">What they are part of.</param>
    /// <param name="after">The steps before them.</param>
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

    /// <summary>The hooks of a container that runs or is about to, where the files tell of any.</summary>
    /// <param name="plan">Where the steps are added.</param>
    /// <param name="project">The files' project; null where there are none.</param>
    /// <param name="container">The container.</param>
    /// <param name="hook">pre_stop or post_start.</param>
    /// <param name="cause">Why the container is stopped or started.</param>
    /// <param name="operation">Which operation the hooks are part of.</param>
    /// <param name="after">The steps the first hook comes after.</param>
    /// <param name="edges">What each hook comes after besides, also where that may fail.</param>
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
    /// pre_start: once for the service, when none of its replicas runs, each hook in a container of its own after the one before,
    /// with the volumes of the replica of the lowest number. What a hook that failed left behind goes first. The answer is the
    /// last step.
    /// </summary>
    /// <param name="plan">Where the steps are added.</param>
    /// <param name="state">What there is.</param>
    /// <param name="source">What a replica is made from.</param>
    /// <param name="lowest">The replica of the lowest number.</param>
    /// <param name="after">The steps before the hooks.</param>
    /// <param name="image">The step that brings an image of a hook, if any.</param>
    public static IReadOnlyList<PlanEdge> PreStart(
        PlanBuilder plan, ObservedState state, ContainerSource source, ContainerReference lowest, IEnumerable<PlanEdge> after,
        Func<HookDefinition, IEnumerable<PlanEdge>> image)
    {
        var service = source.Service;
        if (service.PreStart.Count == 0)
            return [];
        if (service.LacksFiles)
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

    /// <summary>Removes a container; with one that holds another's volumes go those the engine gave it for its image.</summary>
    public static RemoveContainer Remove(ObservedContainer container, string cause, bool volumes) => new()
    {
        Target = Targets.Container(
            container), Cause = cause, Container = container.Name, Service = container.Service, Volumes = volumes
            || container.Keeper,
        Reference = ContainerReference.Existing(container),
    };
}
