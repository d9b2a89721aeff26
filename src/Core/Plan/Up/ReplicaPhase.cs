using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Replicas;

namespace Compose.Plan.Up;

/// <summary>Plans the containers of each service: first their creation and removal, then hooks and starts.</summary>
internal sealed class ReplicaPhase(
    UpScope scope, PlanBuilder plan, ContainerTeardown teardown, OrphanResult orphans, UpDecisions decisions,
    ServiceDependencies dependencies, ContainerSteps steps, ReplicaSteps replicas)
{
    /// <summary>Plans one service; those it depends on are planned already.</summary>
    public PlannedService Plan(ServiceDefinition service)
    {
        var containers = decisions.Replicas[service.Name].Select(decision => Container(service, decision))
            .OfType<PlannedReplica>().ToList();
        return new PlannedService(
            [.. containers.Select(container => container.Reference)],
            [.. containers.Select(container => container.Named).OfType<int>()],
            Starts(service, containers));
    }

    /// <summary>Plans one replica; null if it is removed.</summary>
    private PlannedReplica? Container(ServiceDefinition service, ReplicaDecision decision)
    {
        switch (decision.Fate)
        {
            case Fate.Remove:
                if (teardown.RemovalOf(decision.Existing!) is null)
                    teardown.StopAndRemove(
                        decision.Existing!, Targets.Replica(service.Name, decision.Number), decision.Cause);
                return null;
            case Fate.Create:
                return replicas.Create(service, decision);
            case Fate.Recreate:
                return replicas.Recreate(service, decision);
            default:
                return replicas.Keep(service, decision);
        }
    }

    /// <summary>Starts the containers that need it. Returns the last step of each start.</summary>
    private IReadOnlyList<int> Starts(ServiceDefinition service, IReadOnlyList<PlannedReplica> containers)
    {
        var starts = containers.Select(container => container.Start).OfType<PendingStart>().ToList();
        if (starts.Count == 0 || scope.Context.Options.NoStart)
            return [];
        IReadOnlyList<PlanEdge> ready = [
            .. dependencies.BeforeStart(service), .. PlanBuilder.AfterAll(orphans.PortsFreed(service))];
        if (starts.Count == containers.Count && !scope.IsOneOff(service))
            ready = [.. ready, .. PreStart(service, starts, ready)];
        return [.. starts.Select(start => Start(service, start, ready))];
    }

    /// <summary>The pre_start hooks of a service none of whose replicas runs. Returns what the starts come after.</summary>
    private IReadOnlyList<PlanEdge> PreStart(
        ServiceDefinition service, IReadOnlyList<PendingStart> starts, IReadOnlyList<PlanEdge> ready)
    {
        var lowest = starts.OrderBy(start => start.Decision.Number).First();
        var name = Targets.ContainerName(
            scope.Context.Project.Name, service.Name, 0, scope.Context.Project.Separator);
        return Steps.PreStart(
            plan, scope.Context.State, replicas.Source(service, lowest.Decision, name), lowest.Reference,
            [.. ready, .. PlanBuilder.AfterAll(starts.SelectMany(start => start.After))], dependencies.BeforeHook);
    }

    private int Start(ServiceDefinition service, PendingStart pending, IReadOnlyList<PlanEdge> ready)
    {
        var decision = pending.Decision;
        var start = steps.Start(pending.Reference, service.Name, decision.Number, service, decision.Cause) with
        {
            Conditional = decision.Conditional,
            Paused = decision is { Fate: Fate.Keep, Existing: { State: "paused" } paused } && teardown.StopOf(paused) is null,
        };
        var started = plan.Add(start, pending.Operation, PlanBuilder.AfterAll(pending.After).Concat(ready));
        var hooks = Steps.Hooks(plan, service.PostStart,
            new RunHook
            {
                Target = start.Target,
                Cause = decision.Cause,
                Container = start.Container,
                Service = service.Name,
                Replica = scope.IsOneOff(service) ? 0 : decision.Number,
                Hook = "post_start",
                Reference = pending.Reference,
            },
            pending.Operation, [started]);
        return hooks.DefaultIfEmpty(started).Last();
    }
}
