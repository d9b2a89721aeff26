using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Adds the steps that stop and remove containers, and knows which containers have such a step.</summary>
internal sealed class ContainerTeardown(PlanContext context, PlanBuilder plan)
{
    /// <summary>Container id to the step that stops or removes it.</summary>
    private readonly Dictionary<string, int> _stops = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _removals = new(StringComparer.Ordinal);

    /// <summary>The step that stops a container; null if the plan has none so far.</summary>
    public int? StopOf(ObservedContainer container) => _stops.TryGetValue(container.Id, out var step) ? step : null;

    /// <summary>The step that removes a container; null if the plan has none so far.</summary>
    public int? RemovalOf(ObservedContainer container) => _removals.TryGetValue(container.Id, out var step) ? step : null;

    /// <summary>Stops a container after its pre_stop hooks; a container that two changes need stopped is stopped once.</summary>
    public int Stop(ObservedContainer container, int operation, string cause, IReadOnlyList<int> after, bool conditional = false)
    {
        if (_stops.TryGetValue(container.Id, out var stop))
            return stop;
        var hooks = container is { State: "running", IsReplica: true }
            ? Steps.Hooks(plan, context.Project, container, "pre_stop", cause, operation, after)
            : [];
        return _stops[container.Id] = plan.Add(
            Steps.Stop(container, cause, context.Options.Timeout) with { Conditional = conditional }, operation,
            PlanBuilder.AfterAll([.. after, .. hooks]));
    }

    /// <summary>Stops a container if it is up. Returns the steps that come before what needs it stopped.</summary>
    public IReadOnlyList<int> StopIfUp(
        ObservedContainer container, int operation, string cause, IReadOnlyList<int> after) =>
        container.IsUp ? [Stop(container, operation, cause, after)] : after;

    /// <summary>Stops and removes a container, as an operation of its own.</summary>
    public int StopAndRemove(ObservedContainer container, string target, string cause)
    {
        var operation = plan.Operation("Remove", target, cause, "Downtime");
        var stops = StopIfUp(container, operation, cause, []);
        return Remove(container, Steps.Remove(container, cause, volumes: false), operation, stops);
    }

    /// <summary>Adds the step that removes a container.</summary>
    public int Remove(ObservedContainer container, RemoveContainer step, int operation, IReadOnlyList<int> after) =>
        _removals[container.Id] = plan.Add(step, operation, PlanBuilder.AfterAll(after));

    /// <summary>Removes the containers that an interrupted run left under a temporary name which is needed now.</summary>
    public IReadOnlyList<int> FreeTemporaryName(string name, int operation)
    {
        var removals = new List<int>();
        foreach (var leftover in context.State.Named(name))
        {
            var stops = StopIfUp(leftover, operation, TemporaryContainers.Cause, []);
            removals.Add(Remove(leftover, Steps.Remove(leftover, TemporaryContainers.Cause, volumes: false), operation, stops));
        }

        return removals;
    }
}
