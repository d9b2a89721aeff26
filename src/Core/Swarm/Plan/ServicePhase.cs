using System.Globalization;
using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Plan;
using Compose.Plan.Building;
using Compose.State;
using Compose.Swarm.Observe;
using Compose.Swarm.Specs;

namespace Compose.Swarm.Plan;

/// <summary>
/// Plans the services: new ones are created, changed ones updated, others left alone. With -Ordered a service waits for what it
/// depends on.
/// </summary>
internal static class ServicePhase
{
    private const string ReplicasField = "deploy.replicas";

    public static void Plan(DeployContext context)
    {
        var names = context.State.Networks.ToDictionary(network => network.Id, network => network.Spec.Name);
        foreach (var service in InOrder(context))
            Plan(context, service, names);
    }

    private static void Plan(DeployContext context, StackService service, IReadOnlyDictionary<string, string> names)
    {
        var actual = context.State.Service(service.Spec.Name);
        if (actual is not null && StackLabels.StackOf(actual.Spec.Labels) != context.State.Stack)
            throw StackErrors.NameTaken.Exception(
                $"A service '{service.Spec.Name}' exists in the swarm, and does not belong to stack '{context.State.Stack}'.",
                service.Key);
        if (actual is null || context.Removed.ContainsKey(service.Key))
            Create(context, service, actual);
        else
            Update(context, service, actual, names);
    }

    private static void Create(DeployContext context, StackService service, SwarmService? before)
    {
        var cause = before is null ? "it does not exist" : "its network is replaced";
        var target = StackTargets.Service(service.Key);
        var spec = Marked(service.Spec, Replicas(service.Spec));
        if (before is not null)
            spec = Scaled(context, service, before, Number(before.Spec.Labels), spec);
        spec = Pinned(context, spec);
        var step = new CreateService { Target = target, Cause = cause, Service = service.Key, Request = spec };
        Add(context, service, step, spec, context.Plan.Operation("Create", target, cause), steady: true);
    }

    private static void Update(
        DeployContext context, StackService service, SwarmService actual, IReadOnlyDictionary<string, string> names)
    {
        if (ModeOf(service.Spec) != ModeOf(actual.Spec))
            throw StackErrors.ModeChanged.Exception(
                $"{service.Definition.Origin}: service '{service.Key}' is {ModeOf(actual.Spec)} in the swarm, and "
                    + $"{ModeOf(service.Spec)} in the file.", service.Key);
        var number = Replicas(service.Spec);
        var marked = Number(actual.Spec.Labels);
        var spec = Scaled(
            context, service, actual, marked ?? NumberBeforeScaling(actual, names),
            marked is null ? service.Spec : Marked(service.Spec, marked));
        var difference = SpecComparer.Compare(service with { Spec = spec }, actual, names);
        var changes = difference.Changes.ToList();
        var sent = Pinned(context, SpecComparer.Onto(spec, actual.Spec));
        if (sent.TaskTemplate.ContainerSpec.Image is { } image
            && context.Options.Pinned.Values.Contains(image)
            && image != actual.Spec.TaskTemplate.ContainerSpec.Image
            && !changes.Exists(change => change.Field == "image"))
            changes.Add(new FieldChange("image", actual.Spec.TaskTemplate.ContainerSpec.Image, image));
        if (marked is not null && marked != number && !changes.Exists(change => IsReplicas(change.Field)))
            changes.Add(new FieldChange(ReplicasField, Text(marked), Text(number)));
        if (changes.Count == 0)
        {
            Wait(context, service, actual);
            return;
        }

        var (target, cause) = (StackTargets.Service(service.Key), "it has changed");
        sent = Marked(sent, number);
        var replaces = difference.ReplacesTasks || changes.Exists(change => change.Field == "image");
        var step = new UpdateService
        {
            Target = target, Cause = cause, Service = service.Key, Request = sent, ServiceId = actual.Id,
            Version = actual.VersionIndex, Changes = changes,
        };
        Add(context, service, step, sent, context.Plan.Operation("Update", target, cause), replaces);
    }

    private static void Add(
        DeployContext context, StackService service, PlanAction step, SwarmServiceSpec spec, int operation, bool steady)
    {
        var after = context.Uses(spec).Where(context.Created.ContainsKey).Select(use => context.Created[use])
            .Concat(context.Removed.TryGetValue(service.Key, out var removed) ? [removed] : [])
            .Concat(Dependencies(context, service));
        var id = context.Plan.Add(step, operation, PlanBuilder.AfterAll(after));
        context.Changed[service.Key] = id;
        context.Sent[service.Key] = spec;
        if (context.Options.Wait || IsAwaited(context, service.Key))
            AddWait(context, service, steady, PlanBuilder.After(id));
    }

    /// <summary>An unchanged service that is not up is waited for, too.</summary>
    private static void Wait(DeployContext context, StackService service, SwarmService actual)
    {
        var state = StackResults.Service(context.State.EngineHost, context.State.Stack, actual).State;
        if (context.Options.Wait && state is not ("Running" or "Completed" or "Stopped"))
            AddWait(context, service, steady: false);
    }

    /// <summary>Waits for a service once.</summary>
    public static void AddWait(DeployContext context, StackService service, bool steady, params IEnumerable<PlanEdge> after)
    {
        var wait = new WaitForRollout
        {
            Target = StackTargets.Service(service.Key),
            Cause = context.Options.Wait ? "-Wait" : "others wait for it",
            Service = service.Key,
            Name = service.Spec.Name,
            Timeout = context.Options.WaitTimeout,
            Steady = steady ? Monitor(service.Spec) : TimeSpan.Zero,
        };
        context.Waits[service.Key] = context.Plan.Add(wait, 0, after);
    }

    /// <summary>How long new tasks have to run before they count as up: the time that update_config watches them.</summary>
    private static TimeSpan Monitor(SwarmServiceSpec spec) =>
        spec.UpdateConfig?.Monitor is > 0 and var nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : TimeSpan.FromSeconds(5);

    private static bool IsAwaited(DeployContext context, string service) =>
        context.Options.Ordered
            && context.Wanted.Services.Any(other => other.Definition.DependsOn.ContainsKey(service));

    private static IEnumerable<int> Dependencies(DeployContext context, StackService service) =>
        context.Options.Ordered
            ? service.Definition.DependsOn.Keys.Where(context.Waits.ContainsKey).Select(name => context.Waits[name])
            : [];

    /// <summary>With -Ordered each service after those that it depends on; otherwise in the order of the file.</summary>
    private static IEnumerable<StackService> InOrder(DeployContext context)
    {
        var services = context.Wanted.Services;
        if (!context.Options.Ordered)
            return services;
        var ordered = new List<StackService>();
        foreach (var service in services)
            Visit(service);
        return ordered;

        void Visit(StackService service)
        {
            if (ordered.Contains(service))
                return;
            foreach (var other in services.Where(other => service.Definition.DependsOn.ContainsKey(other.Key)))
                Visit(other);
            ordered.Add(service);
        }
    }

    /// <summary>
    /// The spec with the replicas that the service has now, if somebody scaled it since the last deployment: then the number now
    /// is not the one that was deployed, and the file's still is.
    /// </summary>
    private static SwarmServiceSpec Scaled(
        DeployContext context, StackService service, SwarmService actual, int? deployed, SwarmServiceSpec spec)
    {
        if (Replicas(service.Spec) is not { } wanted
            || Replicas(actual.Spec) is not { } now
            || now == wanted
            || deployed != wanted
            || context.Options.ResetScale)
            return spec;
        context.Plan.Warn(
            $"Service '{service.Key}' was scaled to {Text(now)} since it was deployed with {Text(wanted)}. It keeps {Text(now)}; "
            + "-ResetScale takes the file's number.");
        return ServicePlanner.Scaled(spec, now);
    }

    /// <summary>
    /// The number that a service without our label had, if its last update changed nothing else: then somebody scaled what docker
    /// stack deployed.
    /// </summary>
    private static int? NumberBeforeScaling(SwarmService actual, IReadOnlyDictionary<string, string> names) =>
        actual.PreviousSpec is { } before
            && Replicas(before) is { } number
            && Replicas(actual.Spec) is { } now
            && SpecComparer.Compare(ServicePlanner.Scaled(before, now), actual.Spec, names).Count == 0
                ? number
                : null;

    private static SwarmServiceSpec Marked(SwarmServiceSpec spec, int? replicas)
    {
        if (replicas is null)
            return spec;
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in spec.Labels ?? new Dictionary<string, string>())
            labels[label.Key] = label.Value;
        labels[StackLabels.Replicas] = Text(replicas)!;
        return spec with { Labels = labels };
    }

    /// <summary>The spec with the digest that a registry gave for its image.</summary>
    private static SwarmServiceSpec Pinned(DeployContext context, SwarmServiceSpec spec)
    {
        if (spec.TaskTemplate.ContainerSpec.Image is not { } image
            || spec.Labels is null
            || !spec.Labels.TryGetValue(StackLabels.Image, out var named)
            || !(context.Options.Pinned.TryGetValue(named, out var pinned)
                || context.Options.Pinned.TryGetValue(image, out pinned)))
            return spec;
        var container = spec.TaskTemplate.ContainerSpec with { Image = pinned };
        return spec with { TaskTemplate = spec.TaskTemplate with { ContainerSpec = container } };
    }

    private static int? Replicas(SwarmServiceSpec spec) =>
        spec.Mode is { Replicated: { } replicated } ? (int)(replicated.Replicas ?? 1) : null;

    private static int? Number(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null
            && labels.TryGetValue(StackLabels.Replicas, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static bool IsReplicas(string field) => field is ReplicasField or "scale" or "replicas";

    private static string ModeOf(SwarmServiceSpec spec) => spec.Mode switch
    {
        { Global: not null } => "global",
        { ReplicatedJob: not null } => "replicated-job",
        { GlobalJob: not null } => "global-job",
        _ => "replicated",
    };

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
