using Compose.Errors;
using Compose.Files.Schema;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Plan.Building;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Up;

/// <summary>Plans the removal of orphans: containers of services the project does not have, and one-offs that ended.</summary>
internal static class OrphanPhase
{
    public static OrphanResult Plan(PlanContext context, PlanBuilder plan, ContainerTeardown teardown)
    {
        var orphans = Orphans(context);
        var ignores = context.Project.Environment.IsSet(ComposeVariables.IgnoreOrphans);
        if (context.Options.RemoveOrphans && ignores)
        {
            throw PlanErrors.OrphansContradict.Exception(
                $"-RemoveOrphan removes orphans, but {ComposeVariables.IgnoreOrphans} says to ignore them.",
                context.Project.Name);
        }

        if (AreRemoved(context))
            return new OrphanResult([], [.. orphans.Select(orphan => (orphan, Remove(teardown, orphan)))]);
        if (!ignores && orphans.Count > 0)
        {
            var names = string.Join(", ", orphans.Select(orphan => orphan.Name));
            plan.Warn($"Found orphan containers ({names}) for this project; -RemoveOrphan removes them.");
        }

        return new OrphanResult(orphans, []);
    }

    private static List<ObservedContainer> Orphans(PlanContext context)
    {
        var project = context.Project;
        var known = new HashSet<string>(project.Services.Keys.Concat(project.DisabledServices.Keys), StringComparer.Ordinal);
        return [
            .. context.State.Containers
            .Where(container => container.OneOff ? container.State is "exited" or "dead" : !known.Contains(container.Service))
            .OrderBy(container => container.Name, StringComparer.Ordinal)];
    }

    /// <summary>As in docker compose, COMPOSE_REMOVE_ORPHANS affects up alone, not the run of a one-off.</summary>
    private static bool AreRemoved(PlanContext context) => context.Options.RemoveOrphans
        || (context.Options.OneOff is null && context.Project.Environment.IsSet(ComposeVariables.RemoveOrphans));

    private static int Remove(ContainerTeardown teardown, ObservedContainer orphan) => teardown.StopAndRemove(
        orphan, Targets.Container(orphan), orphan.OneOff ? "one-off that ended" : "its service is not in the project");
}

/// <summary>The orphans that stay, and those that are removed with the step that does it.</summary>
internal sealed record OrphanResult(
    IReadOnlyList<ObservedContainer> Kept, IReadOnlyList<(ObservedContainer Container, int Step)> Removed)
{
    private readonly IReadOnlyDictionary<string, ObservedContainer> _keptByName = ByName(Kept);

    /// <summary>The name a container needs, if an orphan that stays has it; else null.</summary>
    public HeldName? HeldName(string name)
    {
        if (!_keptByName.TryGetValue(name, out var orphan))
            return null;
        var holder = orphan.OneOff
            ? $"a one-off of service '{orphan.Service}' that ended"
            : $"the orphan container of service '{orphan.Service}'";
        return new HeldName(name, holder);
    }

    /// <summary>The removals that free a name.</summary>
    public IEnumerable<int> NameFreed(string name) =>
        Removed.Where(orphan => orphan.Container.Name == name).Select(orphan => orphan.Step);

    /// <summary>The removals that free host ports of a service.</summary>
    public IEnumerable<int> PortsFreed(ServiceDefinition service)
    {
        if (Removed.Count == 0)
            return [];
        var wanted = new HashSet<(string Protocol, int Port)>();
        foreach (var port in service.Ports)
        {
            if (PortRange.Parse(port.Published ?? "") is { } range)
                wanted.UnionWith(
                    Enumerable.Range(range.First, range.Last - range.First + 1).Select(number => (port.Protocol, number)));
        }

        return Removed
            .Where(orphan =>
                orphan.Container.Ports.Any(held => held.HostPort is { } taken && wanted.Contains((held.Protocol, taken))))
            .Select(orphan => orphan.Step);
    }

    private static Dictionary<string, ObservedContainer> ByName(IReadOnlyList<ObservedContainer> containers)
    {
        var byName = new Dictionary<string, ObservedContainer>(StringComparer.Ordinal);
        foreach (var container in containers)
            byName[container.Name] = container;
        return byName;
    }
}
