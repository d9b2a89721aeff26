using Compose.Model;
using Compose.Plan.Requests;

namespace Compose.Plan;

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
        IReadOnlyList<PlanEdge> ready = [.. DependenciesOf(service)];
        if (starts.Count == _live[service.Name].Count && !IsOneOff(service))
            ready = PreStart(service, starts, ready);
        foreach (var start in starts)
            Start(service, start, ready);
    }

    /// <summary>A replica that starts once these steps are done.</summary>
    private sealed record PendingStart(ReplicaDecision Decision, ContainerReference Reference, int Operation, IReadOnlyList<int> After);

    private PendingStart Create(ServiceDefinition service, ReplicaDecision decision)
    {
        var name = FinalName(service, decision.Number);
        var operation = plan.Operation("Create", TargetOf(service, decision.Number), decision.Cause);
        var cleared = context.State.Removing.Where(container => container.Name == name)
            .Select(container => plan.Add(Steps.Remove(container, "its removal has not ended", volumes: false), operation)).ToList();
        // A one-off is nobody's again when what it depends on fails, so it is not even created then.
        var first = IsOneOff(service) ? DependenciesOf(service) : [];
        if (decision.Removed is { } removed)
            cleared.Add(_removed[removed.Id]);
        var created = plan.Add(CreateStep(service, decision, name, name), operation, Prerequisites(service).Concat(PlanBuilder.AfterAll(cleared)).Concat(first));
        if (decision.Removed is not null)
            StopDependents(service, operation, created);
        if (KeeperOf(decision) is { } keeper)
        {
            plan.Add(
                new RemoveContainer { Target = "container:" + keeper.Name, Cause = "the new container has its volumes", Container = keeper.Name, Service = service.Name, Volumes = true, Reference = keeper },
                operation, PlanBuilder.After(created));
        }

        var reference = ContainerReference.Created(created, name);
        _live[service.Name].Add(reference);
        _named[service.Name].Add(created);
        return new PendingStart(decision, reference, operation, [created]);
    }

    /// <summary>The container that holds the anonymous volumes of the one a new one takes the place of, made by this plan or by a run that was cut off.</summary>
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
        var created = plan.Add(CreateStep(service, decision, temporary, name), operation, Prerequisites(service).Concat(PlanBuilder.AfterAll(Cleared(temporary, operation))));
        var dependents = StopDependents(service, operation, created, decision.Conditional);
        var reference = ContainerReference.Created(created, temporary);
        var gone = IsUp(old) ? Stop(old, operation, decision.Cause, [created, .. dependents], decision.Conditional) : created;

        var renews = context.Options.RenewAnonymousVolumes;
        var removed = plan.Add(
            Steps.Remove(old, decision.Cause, renews) with { Conditional = decision.Conditional, TakenOver = renews ? AnonymousVolumes.LeftBy(context.Project, old) : [] },
            operation, PlanBuilder.AfterAll(gone > created ? [gone] : [created, gone, .. dependents]));
        var renamed = plan.Add(
            new RenameContainer { Target = target, Cause = decision.Cause, Container = temporary, NewName = name, Reference = reference, Conditional = decision.Conditional },
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
            plan.Add(new RenameContainer { Target = Targets.Container(container), Cause = Cause, Container = container.Name, NewName = name, Reference = reference },
                plan.Operation("Rename", Targets.Container(container), Cause));
        }

        if (_stopped.TryGetValue(container.Id, out var stopped))
            return new PendingStart(decision with { Cause = container.IsRunning ? "stopped for what it depends on" : container.State }, reference, stopped.Operation, stopped.After);
        return container.IsRunning || context.Options.NoStart ? null
            : new PendingStart(decision with { Cause = container.State }, reference, plan.Operation("Start", Targets.Container(container), container.State), []);
    }

    private void Start(ServiceDefinition service, PendingStart pending, IReadOnlyList<PlanEdge> ready)
    {
        var decision = pending.Decision;
        var start = Start(pending.Reference, service.Name, decision.Number, service, decision.Cause) with
        {
            Conditional = decision.Conditional,
            Paused = decision.Existing?.State == "paused" && decision.Fate == Fate.Keep && !_stops.ContainsKey(decision.Existing.Id),
        };
        var started = plan.Add(start, pending.Operation, PlanBuilder.AfterAll(pending.After).Concat(ready));
        var hooks = Steps.Hooks(plan, service.PostStart,
            new RunHook { Target = start.Target, Cause = decision.Cause, Container = start.Container, Service = service.Name, Hook = "post_start", Reference = pending.Reference },
            pending.Operation, [started]);
        _started[service.Name].Add(hooks.DefaultIfEmpty(started).Last());
    }

    /// <summary>The edges a start of this service has to what it depends on; waits are made where the state is not reached yet.</summary>
    private IReadOnlyList<PlanEdge> DependenciesOf(ServiceDefinition service)
    {
        var edges = new List<PlanEdge>();
        foreach (var pair in service.DependsOn.Where(pair => _live.ContainsKey(pair.Key)))
        {
            var (name, dependency) = (pair.Key, pair.Value);
            if (dependency.Condition == "service_started")
                edges.AddRange(_started[name].Select(id => new PlanEdge(id, dependency.Required)));
            else if (_live[name].Count > 0 && !IsReached(name, dependency.Condition))
                edges.Add(new PlanEdge(WaitFor(name, dependency.Condition, $"service {service.Name} depends on it", null), dependency.Required));
        }

        return edges;
    }

    /// <summary>Whether what was observed is already as asked and nothing of the service starts in this plan.</summary>
    private bool IsReached(string service, string condition) => _started[service].Count == 0
        && _decisions[service].Where(decision => decision.Existing is not null).All(decision => condition switch
        {
            "service_healthy" => decision.Existing!.Health == "healthy",
            "running_or_healthy" => decision.Existing!.State == "running" && decision.Existing.Health is "" or "healthy",
            _ => false,
        });

    private int WaitFor(string service, string condition, string cause, TimeSpan? timeout)
    {
        if (_waits.TryGetValue((service, condition), out var wait))
            return wait;
        return _waits[(service, condition)] = plan.Add(
            new WaitForService { Target = "service:" + service, Cause = cause, Service = service, Condition = condition, Timeout = timeout, Containers = _live[service] },
            0, PlanBuilder.AfterAll(_started[service]));
    }

    private IEnumerable<PlanEdge> Prerequisites(ServiceDefinition service)
    {
        var needed = new List<int>();
        if (images.Services.TryGetValue(service.Name, out var image))
            needed.Add(image);
        needed.AddRange(ImageMounts.Of(service).Where(images.Images.ContainsKey).Select(mounted => images.Images[mounted]));
        if (service.NetworkMode is null)
            needed.AddRange(service.Networks.Keys.Where(_networks.ContainsKey).Select(key => _networks[key]));
        needed.AddRange(service.Volumes.Where(mount => mount.Type == "volume" && mount.Source is not null && _volumes.ContainsKey(mount.Source)).Select(mount => _volumes[mount.Source!]));
        var linked = service.Links.Select(link => EndpointTranslation.Link(link).Service).Where(_live.ContainsKey).ToList();
        needed.AddRange(Parents(service).Values.Concat(linked.SelectMany(name => _live[name])).Where(container => container.CreatedBy > 0).Select(container => container.CreatedBy));
        // On the default bridge the engine takes whichever container has the name at that moment.
        needed.AddRange(ServiceOrder.Bound(service).Where(_named.ContainsKey).SelectMany(name => _named[name]));
        return PlanBuilder.AfterAll(needed);
    }

    /// <summary>The containers whose namespaces and volumes a service shares, of one that is left out of this run too.</summary>
    private Dictionary<string, ContainerReference> Parents(ServiceDefinition service) => ServiceOrder.Parents(service)
        .Select(name => (Name: name, Containers: _live.TryGetValue(name, out var live) ? live : [.. context.State.Replicas(name).Select(ContainerReference.Existing)]))
        .Where(parent => parent.Containers.Count > 0)
        .ToDictionary(parent => parent.Name, parent => parent.Containers[0]);

    private CreateContainer CreateStep(ServiceDefinition service, ReplicaDecision decision, string name, string finalName)
    {
        return new CreateContainer
        {
            Target = TargetOf(service, decision.Number),
            Cause = decision.Cause,
            Changes = decision.Changes,
            Conditional = decision.Conditional,
            Container = name,
            Service = service.Name,
            Replica = decision.Number,
            Source = Source(service, decision, finalName),
        };
    }

    private ContainerSource Source(ServiceDefinition service, ReplicaDecision decision, string finalName)
    {
        var image = context.Project.ImageOf(service);
        return new ContainerSource
        {
            Project = context.Project,
            Service = service,
            Number = decision.Number,
            FinalName = finalName,
            Image = image,
            ImageId = context.State.Image(image)?.Id,
            ImageMounts = Plan.ImageMounts.Digests(context, service),
            ApiMinor = context.State.ApiMinor,
            Hashes = context.Hashes,
            Release = context.Release,
            Proxies = context.Proxies,
            Parents = Parents(service),
            Links = Links(service),
            OneOff = IsOneOff(service) ? context.Options.OneOff : null,
            Replaces = decision.Existing is null ? null : service.ContainerName ?? $"{service.Name}{context.Project.Separator}{decision.Number}",
            InheritedVolumes = decision.Predecessor is { } old && !context.Options.RenewAnonymousVolumes
                ? AnonymousVolumes.Of(context, service, old)
                : new Dictionary<string, string>(),
        };
    }

    private string TargetOf(ServiceDefinition service, int number) =>
        IsOneOff(service) ? "container:" + FinalName(service, number) : Targets.Replica(service.Name, number);

    private string FinalName(ServiceDefinition service, int number) => service.ContainerName ?? Targets.ContainerName(context.Project.Name, service.Name, number, context.Project.Separator);

    private IReadOnlyList<string> Links(ServiceDefinition service)
    {
        var links = new List<string>();
        foreach (var link in service.Links)
        {
            var (name, alias) = EndpointTranslation.Link(link);
            foreach (var final in FinalNames(name))
            {
                links.Add($"{final}:{alias}");
                links.Add($"{final}:{final}");
                var prefix = context.Project.NameOf("");
                if (final.StartsWith(prefix, StringComparison.Ordinal))
                    links.Add($"{final}:{final.Substring(prefix.Length)}");
            }
        }

        return links;
    }

    /// <summary>What the containers of a service are called in the end, of one that is left out of this run too.</summary>
    private IEnumerable<string> FinalNames(string service) => _decisions.TryGetValue(service, out var decisions)
        ? decisions.Where(decision => decision.Fate != Fate.Remove)
            .Select(decision => decision is { Fate: Fate.Keep, Misnamed: false } ? decision.Existing!.Name : FinalName(context.Project.Services[service], decision.Number))
        : context.State.Replicas(service).Select(container => Leftovers.WithoutTemporary(container.Name));

    private StartContainer Start(ContainerReference reference, string service, int number, ServiceDefinition? definition, string cause) => new()
    {
        Target = definition is null ? Targets.Replica(service, number) : TargetOf(definition, number),
        Cause = cause,
        OneOff = definition is not null && IsOneOff(definition),
        Container = Leftovers.WithoutTemporary(reference.Name),
        Service = service,
        Reference = reference,
        PicksPorts = definition?.Ports.Any(port => port.Published?.IndexOf('-') >= 0) == true,
        Files = definition is null ? [] : SecretFiles.Injected(context.Project, definition),
    };
}
