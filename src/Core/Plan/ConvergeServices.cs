using Compose.Model;
using Compose.Plan.Requests;
using Compose.State;

namespace Compose.Plan;

internal sealed partial class ConvergeRun
{
    /// <summary>Plans one service; those it depends on are planned already.</summary>
    public void Service(ServiceDefinition service)
    {
        _live[service.Name] = [];
        _started[service.Name] = [];
        var ready = new Lazy<IReadOnlyList<PlanEdge>>(() => DependenciesOf(service));
        foreach (var decision in _decisions[service.Name])
        {
            switch (decision.Fate)
            {
                case Fate.Remove:
                    Remove(decision.Existing!, Targets.Replica(service.Name, decision.Number), decision.Cause);
                    break;
                case Fate.Create:
                    Create(service, decision, ready);
                    break;
                case Fate.Recreate:
                    Recreate(service, decision, ready);
                    break;
                default:
                    Keep(service, decision, ready);
                    break;
            }
        }
    }

    private void Create(ServiceDefinition service, ReplicaDecision decision, Lazy<IReadOnlyList<PlanEdge>> ready)
    {
        var name = FinalName(service, decision.Number);
        var operation = plan.Operation("Create", Targets.Replica(service.Name, decision.Number), decision.Cause);
        var created = plan.Add(CreateStep(service, decision, name, name), operation, Prerequisites(service));
        var reference = ContainerReference.Created(created, name);
        _live[service.Name].Add(reference);
        StartAfter(service, decision, reference, operation, [created], ready);
    }

    private void Recreate(ServiceDefinition service, ReplicaDecision decision, Lazy<IReadOnlyList<PlanEdge>> ready)
    {
        var old = decision.Existing!;
        var name = FinalName(service, decision.Number);
        var temporary = Leftovers.TemporaryName(old, name);
        var target = Targets.Replica(service.Name, decision.Number);
        var operation = plan.Operation("Recreate", target, decision.Cause, "Downtime");
        var dependents = StopDependents(service, operation);
        var created = plan.Add(CreateStep(service, decision, temporary, name), operation, Prerequisites(service));
        var reference = ContainerReference.Created(created, temporary);
        var gone = created;
        if (old.IsRunning || old.State == "paused")
        {
            var hooks = Hooks(service.PreStop, "pre_stop", service.Name, ContainerReference.Existing(old), old.Number, decision.Cause, operation, [created]);
            gone = plan.Add(
                Steps.Stop(old, decision.Cause, context.Options.Timeout) with { Conditional = decision.Conditional },
                operation, PlanBuilder.AfterAll([created, .. hooks, .. dependents]));
        }

        var removed = plan.Add(RemoveStep(old, decision.Cause, context.Options.RenewAnonymousVolumes) with { Conditional = decision.Conditional, TakenOver = context.Options.RenewAnonymousVolumes ? AnonymousVolumes.LeftBy(context.Project, old) : [] }, operation, PlanBuilder.After(gone));
        var renamed = plan.Add(
            new RenameContainer { Target = target, Cause = decision.Cause, Container = temporary, NewName = name, Reference = reference, Conditional = decision.Conditional },
            operation, PlanBuilder.After(removed));
        _live[service.Name].Add(reference);
        StartAfter(service, decision, reference with { Name = name }, operation, [renamed], ready);
    }

    private void Keep(ServiceDefinition service, ReplicaDecision decision, Lazy<IReadOnlyList<PlanEdge>> ready)
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
            StartAfter(service, decision with { Cause = "stopped for what it depends on" }, reference, stopped.Operation, stopped.After, ready);
        else if (!container.IsRunning && !context.Options.NoStart)
            StartAfter(service, decision with { Cause = container.State }, reference, plan.Operation("Start", Targets.Container(container), container.State), [], ready);
    }

    private void StartAfter(ServiceDefinition service, ReplicaDecision decision, ContainerReference reference, int operation, IEnumerable<int> after, Lazy<IReadOnlyList<PlanEdge>> ready)
    {
        if (context.Options.NoStart)
            return;
        var start = Start(reference, service.Name, decision.Number, service, decision.Cause) with
        {
            Conditional = decision.Conditional,
            Paused = decision.Existing?.State == "paused" && decision.Fate == Fate.Keep,
        };
        var started = plan.Add(start, operation, PlanBuilder.AfterAll(after).Concat(ready.Value));
        var hooks = Hooks(service.PostStart, "post_start", service.Name, reference, decision.Number, decision.Cause, operation, [started]);
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

    /// <summary>Dependents with <c>restart: true</c> stop before the old container and start again after the new one.</summary>
    private List<int> StopDependents(ServiceDefinition service, int operation)
    {
        var stops = new List<int>();
        foreach (var dependent in services.Where(other => other.DependsOn.TryGetValue(service.Name, out var dependency) && dependency.Restart))
        {
            foreach (var decision in _decisions[dependent.Name].Where(decision => decision.Fate == Fate.Keep && decision.Existing!.IsRunning && !_stopped.ContainsKey(decision.Existing.Id)))
            {
                var stop = Stop(decision.Existing!, operation, $"it depends on {service.Name} with restart", []);
                Stopped(decision.Existing!, operation).Add(stop);
                stops.Add(stop);
            }
        }

        return stops;
    }

    private IReadOnlyList<int> Hooks(
        IReadOnlyList<HookDefinition> hooks, string hook, string service, ContainerReference reference, int number, string cause, int operation, IReadOnlyList<int> after) =>
        Steps.Hooks(plan, hooks,
            new RunHook { Target = Targets.Replica(service, number), Cause = cause, Container = reference.Name, Service = service, Hook = hook, Reference = reference },
            operation, after);

    private IEnumerable<PlanEdge> Prerequisites(ServiceDefinition service)
    {
        var needed = new List<int>();
        if (images.TryGetValue(service.Name, out var image))
            needed.Add(image);
        if (service.NetworkMode is null)
            needed.AddRange(service.Networks.Keys.Where(_networks.ContainsKey).Select(key => _networks[key]));
        needed.AddRange(service.Volumes.Where(mount => mount.Type == "volume" && mount.Source is not null && _volumes.ContainsKey(mount.Source)).Select(mount => _volumes[mount.Source!]));
        needed.AddRange(Parents(service).Values.Where(parent => parent.CreatedBy > 0).Select(parent => parent.CreatedBy));
        return PlanBuilder.AfterAll(needed);
    }

    private Dictionary<string, ContainerReference> Parents(ServiceDefinition service) => ServiceOrder.Parents(service)
        .Where(name => _live.TryGetValue(name, out var live) && live.Count > 0)
        .ToDictionary(name => name, name => _live[name][0]);

    private CreateContainer CreateStep(ServiceDefinition service, ReplicaDecision decision, string name, string finalName)
    {
        var image = context.ImageOf(service);
        return new CreateContainer
        {
            Target = Targets.Replica(service.Name, decision.Number),
            Cause = decision.Cause,
            Changes = decision.Changes,
            Conditional = decision.Conditional,
            Container = name,
            Service = service.Name,
            Replica = decision.Number,
            Source = new ContainerSource
            {
                Project = context.Project,
                Service = service,
                Number = decision.Number,
                FinalName = finalName,
                Image = image,
                ImageId = context.State.Image(image)?.Id,
                ApiMinor = context.State.ApiMinor,
                Hashes = context.Hashes,
                Release = context.Release,
                Proxies = context.Proxies,
                Parents = Parents(service),
                Links = Links(service),
                Replaces = decision.Existing is null ? null : service.ContainerName ?? $"{service.Name}-{decision.Number}",
                InheritedVolumes = decision.Existing is { } old && !context.Options.RenewAnonymousVolumes
                    ? AnonymousVolumes.Of(context, service, old)
                    : new Dictionary<string, string>(),
            },
        };
    }

    private string FinalName(ServiceDefinition service, int number) => service.ContainerName ?? Targets.ContainerName(context.Project.Name, service.Name, number);

    private IReadOnlyList<string> Links(ServiceDefinition service)
    {
        var links = new List<string>();
        foreach (var link in service.Links)
        {
            var (name, alias) = EndpointTranslation.Link(link);
            foreach (var container in _live.TryGetValue(name, out var live) ? live : [])
            {
                var final = Leftovers.WithoutTemporary(container.Name);
                links.Add($"{final}:{alias}");
                links.Add($"{final}:{final}");
                var prefix = context.Project.Name + "-";
                if (final.StartsWith(prefix, StringComparison.Ordinal))
                    links.Add($"{final}:{final.Substring(prefix.Length)}");
            }
        }

        return links;
    }

    private void Remove(ObservedContainer container, string target, string cause)
    {
        var operation = plan.Operation("Remove", target, cause, "Downtime");
        var definition = context.Project.Services.TryGetValue(container.Service, out var service) ? service : null;
        var after = Array.Empty<int>();
        if (container.IsRunning || container.State == "paused")
        {
            var hooks = definition is null ? [] : Hooks(definition.PreStop, "pre_stop", container.Service, ContainerReference.Existing(container), container.Number, cause, operation, []);
            after = [Stop(container, operation, cause, hooks)];
        }

        plan.Add(RemoveStep(container, cause, false), operation, PlanBuilder.AfterAll(after));
    }

    private int Stop(ObservedContainer container, int operation, string cause, IEnumerable<int> after) =>
        plan.Add(Steps.Stop(container, cause, context.Options.Timeout), operation, PlanBuilder.AfterAll(after));

    private static RemoveContainer RemoveStep(ObservedContainer container, string cause, bool volumes) => Steps.Remove(container, cause, volumes);

    private StartContainer Start(ContainerReference reference, string service, int number, ServiceDefinition? definition, string cause) => new()
    {
        Target = Targets.Replica(service, number),
        Cause = cause,
        Container = Leftovers.WithoutTemporary(reference.Name),
        Service = service,
        Reference = reference,
        PicksPorts = definition?.Ports.Any(port => port.Published?.IndexOf('-') >= 0) == true,
        Files = definition is null ? [] : SecretFiles.Injected(context.Project, definition),
    };
}
