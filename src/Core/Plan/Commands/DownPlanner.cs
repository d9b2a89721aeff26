using Compose.Errors;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Commands;

/// <summary>Plans down: containers, dependents first, then networks; volumes and images only if asked for.</summary>
internal static class DownPlanner
{
    private const string NoProjectAdvice = "Get-ComposeProject -All lists the projects of an engine. "
        + "To remove a service of a project, name it with -Service: Remove-ComposeProject -Service web.";

    public static ComposePlan Plan(ObservedState state, DownRequest request)
    {
        var plan = new PlanBuilder();
        var services = state.Containers.Select(container => container.Service)
            .Concat(request.Project?.Services.Keys ?? [])
            .ToList();
        if (request.Project is null && !ProjectExists(state))
            throw new ComposeException(StateErrors.NoProject(state.EngineHost, request.ProjectName, NoProjectAdvice));
        foreach (var name in NamePattern.Unknown(request.Services, services))
            throw StateErrors.ServiceNotFound.Exception(
                $"There is no service '{name}' in project '{request.ProjectName}'.", name);
        var containers = Containers(plan, state, request);
        var operations = containers.ToDictionary(
            container => container.Id,
            container =>
                plan.Operation("Remove", Targets.Container(container), "asked for", request.Volumes ? "DataLoss" : "Downtime"));
        var running = containers.Where(container => container.IsUp).ToList();
        var stops = LifecyclePlanner.StopAll(
            plan, state, request.Project, running, container => operations[container.Id], request.Timeout);
        var removals = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var container in containers)
        {
            removals[container.Id] = plan.Add(
                Steps.Remove(container, "asked for", request.Volumes) with
                {
                    TakenOver = request.Volumes ? AnonymousVolumes.LeftBy(request.Project, container) : [],
                },
                operations[container.Id],
                stops.TryGetValue(container.Id, out var stop) ? [PlanBuilder.After(stop)] : []);
        }

        if (request.Services.Count == 0)
            Networks(plan, state, request, containers, removals);
        if (request.Volumes)
        {
            var volumes = request.Services.Count == 0 ? Volumes(plan, state, request, containers, removals) : [];
            VolumeQuestion.Ask(plan, volumes, containers);
        }

        if (request.Images is { } images)
            Images(plan, state, request, containers, removals, string.Equals(images, "All", StringComparison.OrdinalIgnoreCase));
        if (plan.IsEmpty && request.Services.Count == 0)
            plan.Warn($"The engine has nothing of project '{request.ProjectName}' to remove.");
        return plan.Build(state);
    }

    /// <summary>Whether the engine has anything of the project.</summary>
    private static bool ProjectExists(ObservedState state) =>
        state.Containers.Count > 0 || state.Removing.Count > 0
        || state.Networks.Any(network => network.Label(ComposeLabels.Project) == state.ProjectName)
        || state.Volumes.Any(volume => volume.Label(ComposeLabels.Project) == state.ProjectName)
        || state.Images.Any(image =>
            image.Labels.TryGetValue(ComposeLabels.Project, out var project) && project == state.ProjectName);

    private static List<ObservedContainer> Containers(PlanBuilder plan, ObservedState state, DownRequest request)
    {
        var known = request.Project is { } project
            ? new HashSet<string>(project.Services.Keys.Concat(project.DisabledServices.Keys), StringComparer.Ordinal)
            : null;
        var chosen = new List<ObservedContainer>();
        var orphans = new List<string>();
        var named = NamePattern.Matches(request.Services, state.Containers.Select(container => container.Service));
        var disabled = new List<string>();
        foreach (var container in state.Containers.OrderBy(
            container => container.Service,
            StringComparer.Ordinal)
                .ThenBy(container => container.Number)
                .ThenBy(container => container.Name, StringComparer.Ordinal))
        {
            if (request.Services.Count > 0 && !named.Contains(container.Service))
                continue;
            if (request.Services.Count == 0
                && (container.IsReplica || container.Keeper)
                && request.Project?.DisabledServices.ContainsKey(container.Service) == true)
            {
                disabled.Add(container.Name);
                continue;
            }

            var orphan = container.OneOff || (known is not null && !known.Contains(container.Service));
            if (!orphan || container.Hook || request.RemoveOrphans)
                chosen.Add(container);
            else
                orphans.Add(container.Name);
        }

        if (disabled.Count > 0)
            plan.Warn(
                $"Containers of services whose profiles are not enabled stay: {string.Join(", ", disabled)}; -Profile enables "
                    + "them.");
        if (orphans.Count > 0)
            plan.Warn(
                $"Containers without a service of this project stay: {string.Join(", ", orphans)}; -RemoveOrphan removes them.");
        return chosen;
    }

    private static void Networks(
        PlanBuilder plan, ObservedState state, DownRequest request, List<ObservedContainer> containers,
        Dictionary<string, int> removals)
    {
        foreach (var network in state.Networks.Where(network =>
            network.Label(ComposeLabels.Project) == request.ProjectName).OrderBy(network => network.Name, StringComparer.Ordinal))
        {
            var key = network.Label(ComposeLabels.Network) ?? network.Name;
            if (request.Project is { } project && project.Networks.TryGetValue(key, out var definition) && definition.External)
                continue;
            var users = state.Containers.Where(container => container.Networks.ContainsKey(network.Name)).ToList();
            if (users.Find(user => !removals.ContainsKey(user.Id)) is { } stays)
            {
                plan.Warn($"Network {network.Name} stays: container {stays.Name} is still attached.");
                continue;
            }

            plan.Add(
                new RemoveNetwork
                {
                    Target = "network:" + key,
                    Cause = "asked for",
                    Network = network.Name,
                    NetworkId = network.Id,
                    Optional = true,
                },
                plan.Operation("Remove", "network:" + key, "asked for"),
                PlanBuilder.AfterAll(containers.Select(container => removals[container.Id])));
        }
    }

    /// <summary>Removes the volumes that the files declare, and returns their names.</summary>
    private static List<string> Volumes(
        PlanBuilder plan,
        ObservedState state,
        DownRequest request,
        List<ObservedContainer> containers,
        Dictionary<string, int> removals)
    {
        var removed = new List<string>();
        foreach (var volume in state.Volumes.Where(volume =>
            volume.Label(ComposeLabels.Project) == request.ProjectName).OrderBy(volume => volume.Name, StringComparer.Ordinal))
        {
            var key = volume.Label(ComposeLabels.Volume) ?? volume.Name;
            var definition = request.Project is { } project && project.Volumes.TryGetValue(key, out var known) ? known : null;
            if (definition is { External: true })
                continue;
            if (request.Project is not null && definition?.Name != volume.Name)
            {
                plan.Warn($"Volume {volume.Name} stays: it was made for this project, but its files do not declare it.");
                continue;
            }

            if (IsOfDisabled(request.Project, key))
            {
                plan.Warn(
                    $"Volume {volume.Name} stays: only services whose profiles are not enabled use it; -Profile enables them.");
                continue;
            }

            removed.Add(volume.Name);
            plan.Add(
                new RemoveVolume { Target = "volume:" + key, Cause = "asked for", Volume = volume.Name, Impact = "DataLoss" },
                plan.Operation("Remove", "volume:" + key, "asked for", "DataLoss"),
                PlanBuilder.AfterAll(containers.Select(container => removals[container.Id])));
        }

        foreach (var foreign in (request.Project?.Volumes.Values ?? []).Where(volume => !volume.External)
            .SelectMany(volume =>
                state.Volumes.Where(found =>
                    found.Name == volume.Name && found.Label(ComposeLabels.Project) != request.ProjectName)))
            plan.Warn($"Volume {foreign.Name} stays: it was not created for project {request.ProjectName}.");
        return removed;
    }

    /// <summary>Whether a volume is used only by services whose profiles are not enabled.</summary>
    private static bool IsOfDisabled(ComposeProject? project, string volume)
    {
        return project is not null && project.DisabledServices.Values.Any(Uses) && !project.Services.Values.Any(Uses);
        bool Uses(ServiceDefinition service) => service.MountedVolumes.Contains(volume);
    }

    /// <summary>Local removes images built for the project; All also removes those its services name.</summary>
    private static void Images(
        PlanBuilder plan, ObservedState state, DownRequest request, List<ObservedContainer> containers,
        Dictionary<string, int> removals, bool all)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (all)
        {
            names.UnionWith(containers.Select(container => container.Image));
            names.UnionWith((request.Project?.Services.Values ?? []).Select(service => service.Image).OfType<string>());
        }

        foreach (var service in (request.Project?.Services.Values ?? []).Where(service =>
            service.Build is not null && service.Image is null))
            names.Add(request.Project!.ImageOf(service));
        foreach (var image in state.Images.Where(image =>
            image.Labels.TryGetValue(ComposeLabels.Project, out var project) && project == request.ProjectName))
            names.UnionWith(image.Names.Where(IsTag).Where(name => all || HasProjectPrefix(name)));

        foreach (var name in names.Select(name =>
            (Name: name, Image: state.Image(name)))
                .Where(pair => pair.Image is not null)
                .GroupBy(pair => ImageName.Familiar(pair.Name)))
        {
            plan.Add(new RemoveImage { Target = "image:" + name.Key, Cause = "asked for", Image = name.Key },
                plan.Operation("Remove", "image:" + name.Key, "asked for"),
                PlanBuilder.AfterAll(containers.Select(container => removals[container.Id])));
        }

        bool IsTag(string name) =>
            name.IndexOf('@') < 0 && !(state.IsPodman && ImageName.IsLocal(name));

        bool HasProjectPrefix(string name) =>
            name.StartsWith(request.ProjectName + "-", StringComparison.Ordinal)
            || name.StartsWith(request.ProjectName + "_", StringComparison.Ordinal);
    }
}
