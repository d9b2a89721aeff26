using System.Globalization;
using Compose.Plan.Replicas;
using Compose.State;

namespace Compose.Plan.Building;

/// <summary>The question that a plan asks before volumes are removed with their data.</summary>
internal static class VolumeQuestion
{
    private const string Id = "remove-volumes";

    /// <summary>Asks once for all volumes of the plan; asks nothing if there are none.</summary>
    /// <param name="plan">The plan that asks.</param>
    /// <param name="volumes">Names of the volumes to remove.</param>
    /// <param name="containers">The containers that are removed with their anonymous volumes.</param>
    public static void Ask(PlanBuilder plan, IReadOnlyList<string> volumes, IEnumerable<ObservedContainer> containers)
    {
        var anonymous = containers.Sum(AnonymousVolumes.Count);
        var lost = new List<string>();
        if (volumes.Count > 0)
            lost.Add(Named(volumes));
        if (anonymous > 0)
            lost.Add(Anonymous(anonymous));
        if (lost.Count > 0)
            plan.Ask(Id, $"Remove {string.Join(" and ", lost)}? The data will be lost.");
    }

    private static string Named(IReadOnlyList<string> volumes) =>
        (volumes.Count == 1 ? "volume " : "volumes ") + string.Join(", ", volumes);

    private static string Anonymous(int count) =>
        count == 1 ? "1 anonymous volume" : count.ToString(CultureInfo.InvariantCulture) + " anonymous volumes";
}
