using System.Globalization;
using Compose.Model;
using Compose.State;

namespace Compose.Plan;

/// <summary>Steps that several planners make alike.</summary>
internal static class Steps
{
    public static StopContainer Stop(ObservedContainer container, string cause, TimeSpan? timeout) => new()
    {
        Target = Targets.Container(container), Cause = cause, Container = container.Name, Service = container.Service, Impact = "Downtime",
        Timeout = Seconds(timeout), Reference = ContainerReference.Existing(container), Paused = container.State == "paused",
    };

    /// <summary>A grace period as the engine takes it.</summary>
    public static int? Seconds(TimeSpan? timeout) => timeout is { } grace ? (int)Math.Ceiling(grace.TotalSeconds) : null;

    /// <summary>Adds the steps of hooks, one after the other, the first after the steps given; answers them in order.</summary>
    /// <param name="plan">Where they are added.</param>
    /// <param name="hooks">What is run.</param>
    /// <param name="like">What every step of them says.</param>
    /// <param name="operation">What they are part of.</param>
    /// <param name="after">The steps before them.</param>
    public static IReadOnlyList<int> Hooks(PlanBuilder plan, IReadOnlyList<HookDefinition> hooks, RunHook like, int operation, IReadOnlyList<int> after)
    {
        var steps = new List<int>();
        foreach (var definition in hooks)
            steps.Add(plan.Add(like with { Definition = definition }, operation, PlanBuilder.AfterAll(steps.Count > 0 ? [steps[steps.Count - 1]] : after)));
        return steps;
    }

    /// <summary>The hooks of a container that runs or is about to, where the files tell of any.</summary>
    public static IReadOnlyList<int> Hooks(PlanBuilder plan, ComposeProject? project, ObservedContainer container, string hook, string cause, int operation, IReadOnlyList<int> after)
    {
        if (project is null || !project.Services.TryGetValue(container.Service, out var service))
            return [];
        return Hooks(plan, hook == "pre_stop" ? service.PreStop : service.PostStart,
            new RunHook { Target = Targets.Container(container), Cause = cause, Container = container.Name, Service = container.Service, Hook = hook, Reference = ContainerReference.Existing(container) },
            operation, after);
    }

    public static RemoveContainer Remove(ObservedContainer container, string cause, bool volumes) => new()
    {
        Target = Targets.Container(container), Cause = cause, Container = container.Name, Service = container.Service, Volumes = volumes,
        Reference = ContainerReference.Existing(container),
    };
}

/// <summary>How a plan names what it acts on.</summary>
internal static class Targets
{
    public static string Replica(string service, int number) => string.Format(CultureInfo.InvariantCulture, "service:{0}:{1}", service, number);

    public static string Container(ObservedContainer container) =>
        container.IsReplica && container.Number > 0 ? Replica(container.Service, container.Number) : "container:" + container.Name;

    public static string ContainerName(string project, string service, int number, string separator = "-") =>
        string.Join(separator, project, service, number.ToString(CultureInfo.InvariantCulture));
}
