using Compose.State;

namespace Compose.Plan.Prepare;

/// <summary>
/// Podman does not remove a container while another one shares its namespaces, so dependents are removed first.
/// </summary>
internal static class PodmanOrder
{
    public static IReadOnlyList<PlanAction> Of(IReadOnlyList<PlanAction> actions, ObservedState state)
    {
        var containers = state.Containers.ToDictionary(container => container.Id, StringComparer.Ordinal);
        var removals = actions.OfType<RemoveContainer>()
            .Where(removal => removal.Reference.Id is { } id && containers.ContainsKey(id)).ToList();
        var ordered = actions.ToList();
        foreach (var removal in removals)
        {
            var dependents = removals
                .Where(other => IsDependent(other, removal) && !Follows(ordered, other.Id, removal.Id))
                .Select(other => new PlanEdge(other.Id, false)).ToList();
            var planned = ordered[removal.Id - 1];
            if (dependents.Count > 0)
                ordered[removal.Id - 1] = planned with { After = Join(planned.After, dependents) };
        }

        return ordered;

        bool IsDependent(RemoveContainer other, RemoveContainer removal) =>
            other.Service != removal.Service && DependsOn(containers[other.Reference.Id!]).Contains(removal.Service);
    }

    /// <summary>Joins both lists. Of two edges to the same step the first one counts.</summary>
    private static IReadOnlyList<PlanEdge> Join(IEnumerable<PlanEdge> edges, IEnumerable<PlanEdge> added) =>
        [.. edges.Concat(added).GroupBy(edge => edge.Id).Select(same => same.First())];

    /// <summary>Whether a step already runs after another one, directly or not.</summary>
    private static bool Follows(List<PlanAction> actions, int step, int other)
    {
        var reached = new HashSet<int> { step };
        var open = new Stack<int>(reached);
        while (open.Count > 0)
        {
            foreach (var edge in actions[open.Pop() - 1].After.Where(edge => reached.Add(edge.Id)))
                open.Push(edge.Id);
        }

        return reached.Contains(other);
    }

    /// <summary>The services a container depends on by its label; those whose namespaces it shares are among them.</summary>
    private static IEnumerable<string> DependsOn(ObservedContainer container) =>
        DependencyOrder.Parse(container.Label(ComposeLabels.DependsOn)).Select(dependency => dependency.Service);
}
