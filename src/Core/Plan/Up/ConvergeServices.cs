using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Prepare;
using Compose.Plan.Replicas;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    /// <summary>Plans one service; those it depends on are planned already.</summary>
    public void Service(ServiceDefinition service)
    {
        _live[service.Name] = [];
        _named[service.Name] = [];
        _started[service.Name] = [];
        var starts = new List<PendingStart>();
        foreach (var decision in _decisions[service.Name])
        {
            switch (decision.Fate)
            {
                case Fate.Remove when _removed.ContainsKey(decision.Existing!.Id):
                    break;
                case Fate.Remove:
                    Remove(decision.Existing!, Targets.Replica(service.Name, decision.Number), decision.Cause);
                    break;
                case Fate.Create:
                    starts.Add(Create(service, decision));
                    break;
                case Fate.Recreate:
                    starts.Add(Recreate(service, decision));
                    break;
                default:
                    if (Keep(service, decision) is { } start)
                        starts.Add(start);
                    break;
            }
        }

        if (starts.Count == 0 || context.Options.NoStart)
            return;
        IReadOnlyList<PlanEdge> ready = [.. DependenciesOf(service), .. PlanBuilder.AfterAll(PortsFreed(service))];
        if (starts.Count == _live[service.Name].Count && !IsOneOff(service))
            ready = PreStart(service, starts, ready);
        foreach (var start in starts)
            Start(service, start, ready);
    }

    /// <summary>A replica that starts once these steps are done.</summary>
    private sealed record PendingStart(
        ReplicaDecision Decision, ContainerReference Reference, int Operation, IReadOnlyList<int> After);

    private PendingStart Create(ServiceDefinition service, ReplicaDecision decision)
    {
        var name = FinalName(service, decision.Number);
        var operation = plan.Operation("Create", TargetOf(service, decision.Number), decision.Cause);
        var cleared = context.State.Removing.Where(container => container.Name == name)
            .Select(container => plan.Add(Steps.Remove(container, "its removal has not ended", volumes: false), operation))
            .ToList();
        // A one-off is nobody's again when what it depends on fails, so it is not even created then.
        var first = IsOneOff(service) ? DependenciesOf(service) : [];
        if (decision.Removed is { } removed)
            cleared.Add(_removed[removed.Id]);
        cleared.AddRange(NameFreed(name));
        var created = plan.Add(
            CreateStep(service, decision, name, name), operation,
            Prerequisites(service).Concat(PlanBuilder.AfterAll(cleared)).Concat(first));
        if (decision.Removed is not null)
            StopDependents(service, operation, created);
        if (KeeperOf(decision) is { } keeper)
        {
            plan.Add(
                new RemoveContainer
                {
                    Target = "container:" + keeper.Name,
                    Cause = "the new container has its volumes",
                    Container = keeper.Name,
                    Service = service.Name,
                    Volumes = true,
                    Reference = keeper,
                },
                operation, PlanBuilder.After(created));
        }

        var reference = ContainerReference.Created(created, name);
        _live[service.Name].Add(reference);
        _named[service.Name].Add(created);
        return new PendingStart(decision, reference, operation, [created]);
    }

    /// <summary>
    /// The container that holds the anonymous volumes of the one a new one takes the place of, made by this plan or by a run that
    /// was cut off.
    /// </summary>
    private ContainerReference? KeeperOf(ReplicaDecision decision) =>
        decision.Keeper is { } left ? ContainerReference.Existing(left)
        : decision.Removed is { } removed && _keepers.TryGetValue(removed.Id, out var made) ? made : null;

    private PendingStart Recreate(ServiceDefinition service, ReplicaDecision decision)
    {
        var old = decision.Existing!;
        var name = FinalName(service, decision.Number);
        var temporary = Leftovers.TemporaryName(old, name);
        var target = Targets.Replica(service.Name, decision.Number);
        var operation = plan.Operation("Recreate", target, decision.Cause, "Downtime");
        var create = CreateStep(service, decision, temporary, name);
        var prerequisites = Prerequisites(service);
        var freed = PlanBuilder.AfterAll([.. Cleared(temporary, operation), .. NameFreed(name)]);
        var created = plan.Add(create, operation, prerequisites.Concat(freed));
        var dependents = StopDependents(service, operation, created, decision.Conditional);
        var reference = ContainerReference.Created(created, temporary);
        var gone = old.IsUp ? Stop(old, operation, decision.Cause, [created, .. dependents], decision.Conditional) : created;

        var renews = context.Options.RenewAnonymousVolumes;
        var removed = plan.Add(
            Steps.Remove(old, decision.Cause, renews) with
            {
                Conditional = decision.Conditional,
                TakenOver = renews ? AnonymousVolumes.LeftBy(context.Project, old) : [],
            },
            operation, PlanBuilder.AfterAll(gone > created ? [gone] : [created, gone, .. dependents]));
        var renamed = plan.Add(
            new RenameContainer
            {
                Target = target,
                Cause = decision.Cause,
                Container = temporary,
                NewName = name,
                Reference = reference,
                Conditional = decision.Conditional,
            },
            operation, PlanBuilder.After(removed));
        _live[service.Name].Add(reference);
        _named[service.Name].Add(renamed);
        return new PendingStart(decision, reference with { Name = name }, operation, [renamed]);
    }

    /// <summary>A replica that stays; null where it runs already.</summary>
    private PendingStart? Keep(ServiceDefinition service, ReplicaDecision decision)
    {
        var container = decision.Existing!;
        var reference = ContainerReference.Existing(container);
        _live[service.Name].Add(reference);
        if (decision.Misnamed && FinalName(service, decision.Number) is var name && name != container.Name)
        {
            const string Cause = "an interrupted recreation left it a temporary name";
            plan.Add(
                new RenameContainer
                {
                    Target = Targets.Container(container),
                    Cause = Cause,
                    Container = container.Name,
                    NewName = name,
                    Reference = reference,
                },
                plan.Operation("Rename", Targets.Container(container), Cause));
        }

        if (_stopped.TryGetValue(container.Id, out var stopped))
            return new PendingStart(
                decision with { Cause = container.IsRunning ? "stopped for what it depends on" : container.State }, reference,
                stopped.Operation, stopped.After);
        return container.IsRunning || context.Options.NoStart ? null
            : new PendingStart(
                decision with { Cause = container.State }, reference,
                plan.Operation("Start", Targets.Container(container), container.State), []);
    }

    private void Start(ServiceDefinition service, PendingStart pending, IReadOnlyList<PlanEdge> ready)
    {
        var decision = pending.Decision;
        var start = Start(pending.Reference, service.Name, decision.Number, service, decision.Cause) with
        {
            Conditional = decision.Conditional,
            Paused = decision.Existing?.State == "paused"
                && decision.Fate == Fate.Keep
                && !_stops.ContainsKey(decision.Existing.Id),
        };
        var started = plan.Add(start, pending.Operation, PlanBuilder.AfterAll(pending.After).Concat(ready));
        var hooks = Steps.Hooks(plan, service.PostStart,
            new RunHook
            {
                Target = start.Target,
                Cause = decision.Cause,
                Container = start.Container,
                Service = service.Name,
                Replica = IsOneOff(service) ? 0 : decision.Number,
                Hook = "post_start",
                Reference = pending.Reference,
            },
            pending.Operation, [started]);
        _started[service.Name].Add(hooks.DefaultIfEmpty(started).Last());
    }

    private StartContainer Start(
        ContainerReference reference, string service, int number, ServiceDefinition? definition, string cause) =>
        new()
    {
        Target = definition is null ? Targets.Replica(service, number) : TargetOf(definition, number),
        Cause = cause,
        OneOff = definition is not null && IsOneOff(definition),
        Container = Leftovers.WithoutTemporary(reference.Name),
        Service = service,
        Reference = reference,
        PortPicking = definition?.Ports.Any(port => port.Published?.IndexOf('-') >= 0) == true
            ? PortPicking.FromRange
            : PortPicking.None,
        Files = definition is null ? [] : SecretFiles.Injected(context.Project, definition),
    };
}
