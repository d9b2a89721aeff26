using System.Globalization;
using Compose.Errors;
using Compose.Model;
using Compose.State;

namespace Compose.Plan;

internal sealed partial class ConvergeRun
{
    /// <summary>Orphans that stay, and those that go with the step that removes them.</summary>
    private readonly List<ObservedContainer> _keptOrphans = [];
    private readonly List<(ObservedContainer Container, int Removed)> _removedOrphans = [];

    /// <summary>Containers of services the project does not have, and one-offs that ended.</summary>
    public void Orphans()
    {
        var known = new HashSet<string>(context.Project.Services.Keys.Concat(context.Project.DisabledServices.Keys), StringComparer.Ordinal);
        var orphans = context.State.Containers
            .Where(container => container.OneOff ? container.State is "exited" or "dead" : !known.Contains(container.Service))
            .OrderBy(container => container.Name, StringComparer.Ordinal).ToList();
        var environment = context.Project.Environment;
        var ignores = environment.IsSet(ComposeVariables.IgnoreOrphans);
        if (context.Options.RemoveOrphans && ignores)
            throw PlanErrors.OrphansContradict.Exception($"Orphans are to be removed, and {ComposeVariables.IgnoreOrphans} says to ignore them.", context.Project.Name);
        // As in docker compose, the variable is about up alone: a run removes only what it is asked to.
        if (context.Options.RemoveOrphans || (context.Options.OneOff is null && environment.IsSet(ComposeVariables.RemoveOrphans)))
        {
            foreach (var orphan in orphans)
                _removedOrphans.Add((orphan, Remove(orphan, Targets.Container(orphan), orphan.OneOff ? "one-off that ended" : "its service is not in the project")));
            return;
        }

        _keptOrphans.AddRange(orphans);
        if (!ignores && orphans.Count > 0)
            plan.Warn($"Found orphan containers ({string.Join(", ", orphans.Select(orphan => orphan.Name))}) for this project; -RemoveOrphan removes them.");
    }

    /// <summary>What has the name a container is to get, and stays.</summary>
    private string? NameHolder(string name) => _keptOrphans.FirstOrDefault(orphan => orphan.Name == name) is { } orphan
        ? orphan.OneOff ? $"a one-off of service '{orphan.Service}' that ended" : $"the orphan container of service '{orphan.Service}'"
        : null;

    /// <summary>The removals that free a name.</summary>
    private IEnumerable<int> NameFreed(string name) => _removedOrphans.Where(orphan => orphan.Container.Name == name).Select(orphan => orphan.Removed);

    /// <summary>The removals that free host ports of a service.</summary>
    private IEnumerable<int> PortsFreed(ServiceDefinition service) => _removedOrphans
        .Where(orphan => service.Ports.Any(port => orphan.Container.Ports.Any(held => Publishes(port, held)))).Select(orphan => orphan.Removed);

    private static bool Publishes(PortDefinition port, PublishedPort held)
    {
        var ends = (port.Published ?? "").Split('-');
        return held.HostPort is { } taken && port.Protocol == held.Protocol
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && int.TryParse(ends[ends.Length - 1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && taken >= first && taken <= last;
    }
}
