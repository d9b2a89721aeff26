using Compose.Errors;
using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Input;
using Compose.Plan.Prepare;
using Compose.Plan.Up;
using Compose.State;

namespace Compose.Plan.Replicas;

/// <summary>Decides about each replica of a service, by the first of docker compose's rules that matches.</summary>
internal static class ReplicaRules
{
    /// <param name="context">The inputs of the plan.</param>
    /// <param name="service">The service.</param>
    /// <param name="recreated">The services that have a replica which this plan recreates.</param>
    /// <param name="recreatedNetworks">Names of the networks that this plan recreates.</param>
    /// <param name="pending">Whether the image is being pulled or built.</param>
    public static IReadOnlyList<ReplicaDecision> Decide(
        PlanContext context,
        ServiceDefinition service,
        IReadOnlyCollection<string> recreated,
        IReadOnlyCollection<string> recreatedNetworks,
        bool pending)
    {
        var wanted = context.Wanted(service);
        if (service.ContainerName is not null && wanted > 1)
            throw PlanErrors.ContainerNameScaled.Exception(
                $"{service.Origin}: service '{service.Name}' has container_name '{service.ContainerName}' and cannot have "
                    + $"{wanted} replicas.",
                service.Name);

        var existing = context.State.Replicas(service.Name);
        var leftovers = existing.Where(container => TemporaryContainers.IsLeftover(container, existing)).ToList();
        var keepers = context.State.Keepers(service.Name);
        // If the replica of that number exists again, its volumes need no holder.
        var orphaned = keepers.Where(keeper => existing.All(container => container.Number != keeper.Number)).ToList();
        var decisions = leftovers.Concat(keepers.Except(orphaned))
            .Select(container => new ReplicaDecision(Fate.Remove, container.Number, container, TemporaryContainers.Cause))
            .ToList();
        var evaluated = existing.Except(leftovers)
            .Select(container =>
                (Container: container, Reason: Evaluate(context, service, container, recreated, recreatedNetworks)))
            .OrderBy(pair => pair.Reason is not null).ThenBy(pair => pair.Container.Number).ToList();
        decisions.AddRange(evaluated.Take(wanted).Select(pair => DecideWanted(context, pair.Container, pair.Reason, pending)));
        decisions.AddRange(
            evaluated.Skip(wanted).Select(pair =>
                new ReplicaDecision(Fate.Remove, pair.Container.Number, pair.Container, $"{wanted} wanted")));

        var missing = Math.Max(0, wanted - evaluated.Count);
        decisions.AddRange(
            orphaned.Take(missing)
                .Select(keeper =>
                    new ReplicaDecision(
                        Fate.Create, keeper.Number, null, "an interrupted recreation removed it") { Keeper = keeper }));
        decisions.AddRange(
            orphaned.Skip(missing).Select(keeper => new ReplicaDecision(Fate.Remove, keeper.Number, keeper, $"{wanted} wanted")));
        var next = existing.Concat(keepers).Select(container => container.Number).DefaultIfEmpty(0).Max();
        for (missing -= orphaned.Count; missing > 0; missing--)
            decisions.Add(new ReplicaDecision(Fate.Create, ++next, null, "no container exists"));
        return [
            .. decisions.OrderBy(decision => decision.Fate == Fate.Remove)
            .ThenBy(decision => decision.Fate == Fate.Remove ? -decision.Number : decision.Number)];
    }

    /// <summary>Decides about a replica that is not surplus: it is recreated if there is a reason, else it stays.</summary>
    private static ReplicaDecision DecideWanted(PlanContext context, ObservedContainer container, Reason? reason, bool pending)
    {
        var misnamed = TemporaryContainers.HasTemporaryName(container);
        if (reason is not null)
            return new ReplicaDecision(
                Fate.Recreate, container.Number, container, reason.Cause) { Changes = reason.Changes, Misnamed = misnamed };
        if (pending && !context.Options.NoRecreate)
            return new ReplicaDecision(Fate.Recreate, container.Number, container, "its image is renewed") { Conditional = true };
        return new ReplicaDecision(Fate.Keep, container.Number, container, "up to date") { Misnamed = misnamed };
    }

    /// <summary>Whether a replica differs from the file by any rule, or replicas are missing or surplus.</summary>
    public static bool Drifted(PlanContext context, ServiceDefinition service)
    {
        var existing = context.State.Replicas(service.Name);
        return existing.Count != context.Wanted(service)
            || existing.Any(container => Evaluate(context, service, container, [], []) is not null);
    }

    private static Reason? Evaluate(
        PlanContext context,
        ServiceDefinition service,
        ObservedContainer container,
        IReadOnlyCollection<string> recreated,
        IReadOnlyCollection<string> recreatedNetworks)
    {
        var options = context.Options;
        if (options.NoRecreate)
            return null;
        var named = options.Services.Count == 0 || options.Services.Contains(service.Name);
        if (options.ForceRecreate && named)
            return new Reason("asked for");
        if (options.AlwaysRecreateDependencies && !named)
            return new Reason("recreation of dependencies asked for");
        if (options.RenewAnonymousVolumes && named)
            return new Reason("renewal of anonymous volumes asked for");
        if (container.State == "dead")
            return new Reason("it is dead");
        if (ServiceOrder.Parents(service).FirstOrDefault(recreated.Contains) is { } parent)
            return new Reason($"service {parent} it shares with is recreated");
        if (ServiceOrder.Bound(service).FirstOrDefault(recreated.Contains) is { } linked)
            return new Reason($"service {linked} it is linked to is recreated");
        if (Hash(context, service, container) is { } configuration)
            return configuration;
        if (Image(context, service, container) is { } image)
            return image;
        if (MountedImages(context, service, container) is { } mounted)
            return mounted;
        if (MissingNetwork(context, service, container, recreatedNetworks) is { } network)
            return new Reason($"not attached to network {network}");
        if (MissingVolume(context, service, container) is { } volume)
            return new Reason($"volume {volume} is not mounted");
        return null;
    }

    /// <summary>Whether the container's hash is that of the service in the file now, by any known rule.</summary>
    public static bool HasKnownHash(PlanContext context, ServiceDefinition service, ObservedContainer container)
    {
        var parents = ServiceOrder.ParentContainers(service, context.State)
            .ToDictionary(parent => parent.Key, parent => parent.Value.Id!);
        return context.Hashes.Service(ServiceReferences.ForHash(ServiceReferences.Resolve(service, parents)))
            .Contains(container.Label(ComposeLabels.ConfigHash) ?? "");
    }

    private static Reason? Hash(PlanContext context, ServiceDefinition service, ObservedContainer container)
    {
        if (HasKnownHash(context, service, container))
            return null;
        var changes = context.State.Inspected.TryGetValue(container.Id, out var inspect)
            ? ContainerComparer.Compare(context, service, container, inspect)
            : null;
        // The hash is from an unknown rule, and no field differs: nothing to do.
        return changes is { Count: 0 } && container.Label(ComposeLabels.Version) != ComposeLabels.CompatibleVersion
            ? null
            : new Reason("configuration changed", changes ?? []);
    }

    private static Reason? Image(PlanContext context, ServiceDefinition service, ObservedContainer container)
    {
        var name = context.Project.ImageOf(service);
        if (context.State.Image(name) is not { } image)
            return null;
        var recorded = container.Label(ComposeLabels.Image) ?? container.ImageId;
        var content = ImageContent.Digest(context, image, service.Platform);
        // The label is the image's id or its manifest's digest: that depends on the tool that wrote it.
        var isRecorded = recorded.Length == 0 || recorded == image.Id || recorded == content;
        if (isRecorded || container.ImageId == image.Id || container.ImageManifest == content)
            return null;
        var wanted = context.Release.LabelsManifests ? content : image.Id;
        return new Reason($"image {name} changed", [new FieldChange("image", Short(recorded), Short(wanted))]);
    }

    private static Reason? MountedImages(PlanContext context, ServiceDefinition service, ObservedContainer container)
    {
        var recorded = container.Label(ComposeLabels.ImageMounts);
        if (ImageMountRewrite.Holds(context, service, recorded))
            return null;
        var change = new FieldChange("volumes", recorded, ImageMountRewrite.Digests(context, service));
        return new Reason("an image it mounts changed", [change]);
    }

    private static string? MissingNetwork(
        PlanContext context, ServiceDefinition service, ObservedContainer container,
        IReadOnlyCollection<string> recreatedNetworks)
    {
        if (service.NetworkMode is not null)
            return null;
        foreach (var key in service.Networks.Keys.Where(context.Project.Networks.ContainsKey))
        {
            var network = context.Project.Networks[key];
            if (!IsAttached(
                container, NetworkPlanner.Find(context, network), network.Name, recreatedNetworks.Contains(network.Name)))
                return key;
        }

        return null;
    }

    /// <summary>
    /// Whether a container is on the network of that name. For one that was never started, the engine may know only the name and
    /// no id; it is attached at its start. A recreated network gets its containers back, so the old id counts too.
    /// </summary>
    private static bool IsAttached(ObservedContainer container, ObservedNetwork? network, string name, bool isRecreated)
    {
        if (!container.Networks.TryGetValue(network?.Name ?? name, out var id))
            return false;
        return isRecreated || id == network?.Id || (id.Length == 0 && !container.IsRunning);
    }

    private static string? MissingVolume(PlanContext context, ServiceDefinition service, ObservedContainer container) =>
        service.Volumes.Where(mount =>
            mount.Type == "volume" && mount.Source is not null && context.Project.Volumes.ContainsKey(mount.Source))
            .Select(mount => mount.Source!)
            .FirstOrDefault(key => !container.Mounts.Any(mount => mount.Name == context.Project.Volumes[key].Name));

    private static string Short(string id) => id.Length > 19 ? id.Substring(0, 19) : id;

    private sealed record Reason(string Cause, IReadOnlyList<FieldChange> Changes)
    {
        public Reason(string cause)
            : this(cause, [])
        {
        }
    }
}
