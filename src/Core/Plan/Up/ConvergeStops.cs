using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    private ILookup<string, ServiceDefinition>? _restarted;
    private ILookup<string, ServiceDefinition>? _sharers;

    /// <summary>
    /// Dependents with <c>restart: true</c> stop before the old container and start again after the new one. The new one is
    /// created first: where that fails, they go on with the old.
    /// </summary>
    private List<int> StopDependents(ServiceDefinition service, int operation, int created, bool conditional = false)
    {
        var stops = new List<int>();
        foreach (var dependent in Restarted[service.Name])
        {
            foreach (var decision in _decisions[dependent.Name].Where(decision =>
                decision.Fate == Fate.Keep && decision.Existing!.IsRunning))
            {
                var stop = Stop(
                    decision.Existing!, operation, $"it depends on {service.Name} with restart", [created], conditional);
                if (!_stopped.ContainsKey(decision.Existing!.Id))
                    Stopped(decision.Existing, operation).Add(stop);
                stops.Add(stop);
                StopSharers(decision.Existing, operation, created, conditional);
            }
        }

        return stops;
    }

    /// <summary>
    /// Who shares the namespaces of a container that is stopped for now stops and starts again with it: its next start has new
    /// ones.
    /// </summary>
    private void StopSharers(ObservedContainer container, int operation, int after = 0, bool conditional = false)
    {
        foreach (var service in Sharers[container.Service])
        {
            foreach (var sharer in _decisions[service.Name].Where(decision =>
                decision.Fate == Fate.Keep && decision.Existing!.IsRunning && !_stopped.ContainsKey(decision.Existing.Id)))
            {
                var stop = Stop(
                    sharer.Existing!, operation, $"it shares with {container.Service}", after > 0 ? [after] : [], conditional);
                Stopped(sharer.Existing!, operation).Add(stop);
                StopSharers(sharer.Existing!, operation, after, conditional);
            }
        }
    }

    /// <summary>By service, those that restart with it, and those that share its namespaces.</summary>
    private ILookup<string, ServiceDefinition> Restarted => _restarted ??= services
        .SelectMany(service => service.DependsOn.Where(dependency => dependency.Value.Restart)
            .Select(dependency => (dependency.Key, Service: service)))
        .ToLookup(pair => pair.Key, pair => pair.Service, StringComparer.Ordinal);

    private ILookup<string, ServiceDefinition> Sharers => _sharers ??= services
        .SelectMany(service => ServiceOrder.Namespaces(service).Select(name => (Name: name, Service: service)))
        .ToLookup(pair => pair.Name, pair => pair.Service, StringComparer.Ordinal);

    private int Remove(ObservedContainer container, string target, string cause)
    {
        var operation = plan.Operation("Remove", target, cause, "Downtime");
        IReadOnlyList<int> stops = container.IsUp ? [Stop(container, operation, cause, [])] : [];
        return plan.Add(Steps.Remove(container, cause, volumes: false), operation, PlanBuilder.AfterAll(stops));
    }

    /// <summary>Stops a container after its pre_stop hooks; a container two changes need stopped is stopped once.</summary>
    private int Stop(ObservedContainer container, int operation, string cause, IReadOnlyList<int> after, bool conditional = false)
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

    private List<int> Stopped(ObservedContainer container, int operation)
    {
        if (!_stopped.TryGetValue(container.Id, out var entry))
            _stopped[container.Id] = entry = (operation, []);
        return entry.After;
    }
}
