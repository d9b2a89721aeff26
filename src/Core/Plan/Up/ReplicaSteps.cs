using Compose.Model;
using Compose.Plan.Building;
using Compose.Plan.Replicas;
using Compose.Plan.Requests;

namespace Compose.Plan.Up;

/// <summary>A container that a service ends up with.</summary>
/// <param name="Reference">The container, by the name it is created under.</param>
/// <param name="Named">The step that gives a new container its final name; null for one that stays.</param>
/// <param name="Start">How it starts; null if it runs already or is not started.</param>
internal sealed record PlannedReplica(ContainerReference Reference, int? Named, PendingStart? Start);

/// <summary>A start that is planned once all containers of the service are.</summary>
/// <param name="Decision">What was decided for the replica.</param>
/// <param name="Reference">The container, by its final name.</param>
/// <param name="Operation">The operation that the start is part of.</param>
/// <param name="After">The steps before it.</param>
internal sealed record PendingStart(
    ReplicaDecision Decision, ContainerReference Reference, int Operation, IReadOnlyList<int> After);

/// <summary>Adds the steps that create, recreate or keep one replica; only its start comes later.</summary>
internal sealed class ReplicaSteps(
    UpScope scope, PlanBuilder plan, ContainerTeardown teardown, OrphanResult orphans, VolumeResult volumes,
    TemporaryStops stops, PlannedServices planned, ServiceDependencies dependencies, ContainerSteps steps)
{
    public PlannedReplica Create(ServiceDefinition service, ReplicaDecision decision)
    {
        var name = scope.FinalName(service, decision.Number);
        var operation = plan.Operation("Create", scope.TargetOf(service, decision.Number), decision.Cause);
        var cleared = scope.Context.State.Removing.Where(container => container.Name == name)
            .Select(container => plan.Add(Steps.Remove(container, "its removal has not ended", volumes: false), operation))
            .ToList();
        // A one-off that cannot start because a dependency failed would be left over, so it is not even created then.
        var first = scope.IsOneOff(service) ? dependencies.BeforeStart(service) : [];
        if (decision.Removed is { } removed && teardown.RemovalOf(removed) is { } removal)
            cleared.Add(removal);
        cleared.AddRange(orphans.NameFreed(name));
        var created = plan.Add(
            CreateStep(service, decision, name, name), operation,
            dependencies.BeforeCreate(service).Concat(PlanBuilder.AfterAll(cleared)).Concat(first));
        if (decision.Removed is not null)
            stops.StopDependents(service, operation, created);
        if (VolumeHolder(decision) is { } holder)
            RemoveVolumeHolder(service, holder, operation, created);
        var reference = ContainerReference.Created(created, name);
        return new PlannedReplica(reference, created, new PendingStart(decision, reference, operation, [created]));
    }

    public PlannedReplica Recreate(ServiceDefinition service, ReplicaDecision decision)
    {
        var old = decision.Existing!;
        var name = scope.FinalName(service, decision.Number);
        var temporary = TemporaryContainers.TemporaryName(old, name);
        var target = Targets.Replica(service.Name, decision.Number);
        var operation = plan.Operation("Recreate", target, decision.Cause, "Downtime");
        var create = CreateStep(service, decision, temporary, name);
        var needed = dependencies.BeforeCreate(service);
        var freed = PlanBuilder.AfterAll([.. teardown.FreeTemporaryName(temporary, operation), .. orphans.NameFreed(name)]);
        var created = plan.Add(create, operation, needed.Concat(freed));
        var removed = RemoveOld(service, decision, old, operation, created);
        var reference = ContainerReference.Created(created, temporary);
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
        return new PlannedReplica(
            reference, renamed, new PendingStart(decision, reference with { Name = name }, operation, [renamed]));
    }

    public PlannedReplica Keep(ServiceDefinition service, ReplicaDecision decision)
    {
        var container = decision.Existing!;
        var reference = ContainerReference.Existing(container);
        if (decision.Misnamed && scope.FinalName(service, decision.Number) is var name && name != container.Name)
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

        return new PlannedReplica(reference, null, StartOfKept(decision, reference));
    }

    /// <summary>What a container of a service is created from.</summary>
    public ContainerSource Source(ServiceDefinition service, ReplicaDecision decision, string finalName) =>
        steps.Source(service, decision, finalName) with { Parents = planned.Parents(service) };

    private CreateContainer CreateStep(ServiceDefinition service, ReplicaDecision decision, string name, string finalName) =>
        steps.Create(service, decision, name, Source(service, decision, finalName)) with
        {
            HeldName = orphans.HeldName(finalName),
        };

    /// <summary>
    /// The container that holds the anonymous volumes which the new one inherits. This plan or an interrupted run created it.
    /// </summary>
    private ContainerReference? VolumeHolder(ReplicaDecision decision)
    {
        if (decision.Keeper is { } left)
            return ContainerReference.Existing(left);
        return decision.Removed is { } removed && volumes.Holders.TryGetValue(removed.Id, out var created) ? created : null;
    }

    private void RemoveVolumeHolder(ServiceDefinition service, ContainerReference holder, int operation, int created) => plan.Add(
        new RemoveContainer
        {
            Target = "container:" + holder.Name,
            Cause = "the new container has its volumes",
            Container = holder.Name,
            Service = service.Name,
            Volumes = true,
            Reference = holder,
        },
        operation, PlanBuilder.After(created));

    /// <summary>Stops and removes the container that a new one replaces, and stops its dependents before.</summary>
    private int RemoveOld(
        ServiceDefinition service, ReplicaDecision decision, State.ObservedContainer old, int operation, int created)
    {
        var conditional = decision.Conditional;
        IReadOnlyList<int> before = [created, .. stops.StopDependents(service, operation, created, conditional)];
        // An earlier operation may stop it already; that stop does not come after these steps.
        if (teardown.StopOf(old) is { } earlier)
            before = [.. before, earlier];
        else if (old.IsUp)
            before = [teardown.Stop(old, operation, decision.Cause, before, conditional)];
        var renews = scope.Context.Options.RenewAnonymousVolumes;
        var step = Steps.Remove(old, decision.Cause, renews) with
        {
            Conditional = conditional,
            TakenOver = renews ? AnonymousVolumes.LeftBy(scope.Context.Project, old) : [],
        };
        return teardown.Remove(old, step, operation, before);
    }

    /// <summary>How a container that stays starts; null if it need not.</summary>
    private PendingStart? StartOfKept(ReplicaDecision decision, ContainerReference reference)
    {
        var container = decision.Existing!;
        if (stops.Of(container) is { } stop)
        {
            var cause = container.IsRunning ? "stopped for what it depends on" : container.State;
            return new PendingStart(decision with { Cause = cause }, reference, stop.Operation, stop.After);
        }

        if (container.IsRunning || scope.Context.Options.NoStart)
            return null;
        var operation = plan.Operation("Start", Targets.Container(container), container.State);
        return new PendingStart(decision with { Cause = container.State }, reference, operation, []);
    }
}
