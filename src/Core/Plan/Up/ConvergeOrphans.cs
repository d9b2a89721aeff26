using Compose.Errors;
using Compose.Files.Schema;
using Compose.Model;
using Compose.Model.Naming;
using Compose.Plan.Building;
using Compose.State;

namespace Compose.Plan.Up;

internal sealed partial class ConvergeRun
{
    /// <summary>Orphans that stay, and those that go with the step that removes them.</summary>
    private readonly Dictionary<string, ObservedContainer> _keptOrphans = new(StringComparer.Ordinal);
    private readonly List<(ObservedContainer Container, int Removed)> _removedOrphans = [];

    /// <summary>Containers of services the project does not have, and one-offs that ended.</summary>
    public void Orphans()
    {
        var project = context.Project;
        var known = new HashSet<string>(project.Services.Keys.Concat(project.DisabledServices.Keys), StringComparer.Ordinal);
        var orphans = context.State.Containers
            .Where(container => container.OneOff ? container.State is "exited" or "dead" : !known.Contains(container.Service))
            .OrderBy(container => container.Name, StringComparer.Ordinal).ToList();
        var ignores = project.Environment.IsSet(ComposeVariables.IgnoreOrphans);
        if (context.Options.RemoveOrphans && ignores)
        {
            throw PlanErrors.OrphansContradict.Exception(
                $"Orphans are to be removed, and {ComposeVariables.IgnoreOrphans} says to ignore them.",
                project.Name);
        }

        // As in docker compose, the variable is only for up: a run removes only what it is asked to.
        var isUp = context.Options.OneOff is null;
        if (context.Options.RemoveOrphans || (isUp && project.Environment.IsSet(ComposeVariables.RemoveOrphans)))
        {
            foreach (var orphan in orphans)
                RemoveOrphan(orphan);
            return;
        }

        foreach (var orphan in orphans)
            _keptOrphans[orphan.Name] = orphan;
        if (ignores || orphans.Count == 0)
            return;
        var names = string.Join(", ", orphans.Select(orphan => orphan.Name));
        plan.Warn($"Found orphan containers ({names}) for this project; -RemoveOrphan removes them.");
    }

    private void RemoveOrphan(ObservedContainer orphan)
    {
        var cause = orphan.OneOff ? "one-off that ended" : "its service is not in the project";
        _removedOrphans.Add((orphan, Remove(orphan, Targets.Container(orphan), cause)));
    }

    /// <summary>Describes the orphan that stays and has the name a container is to get; null for none.</summary>
    private string? NameHolder(string name)
    {
        if (!_keptOrphans.TryGetValue(name, out var orphan))
            return null;
        return orphan.OneOff
            ? $"a one-off of service '{orphan.Service}' that ended"
            : $"the orphan container of service '{orphan.Service}'";
    }

    /// <summary>The removals that free a name.</summary>
    private IEnumerable<int> NameFreed(string name) => _removedOrphans
        .Where(orphan => orphan.Container.Name == name)
        .Select(orphan => orphan.Removed);

    /// <summary>The removals that free host ports of a service.</summary>
    private IEnumerable<int> PortsFreed(ServiceDefinition service)
    {
        if (_removedOrphans.Count == 0)
            return [];
        var wanted = new HashSet<(string Protocol, int Port)>();
        foreach (var port in service.Ports)
        {
            if (PortRange.Parse(port.Published ?? "") is { } range)
                wanted.UnionWith(
                    Enumerable.Range(range.First, range.Last - range.First + 1).Select(number => (port.Protocol, number)));
        }

        return _removedOrphans
            .Where(orphan =>
                orphan.Container.Ports.Any(held => held.HostPort is { } taken && wanted.Contains((held.Protocol, taken))))
            .Select(orphan => orphan.Removed);
    }
}
