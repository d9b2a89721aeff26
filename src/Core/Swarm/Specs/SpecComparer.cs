using Compose.Engine.Dto;
using Compose.Plan;

namespace Compose.Swarm.Specs;

/// <summary>What differs between a wanted spec and the engine's.</summary>
/// <param name="Changes">The changed fields, by the names of the file's attributes, values masked where they may be secret.</param>
/// <param name="ReplacesTasks">Whether the engine replaces tasks for them.</param>
internal sealed record SpecDifference(IReadOnlyList<FieldChange> Changes, bool ReplacesTasks)
{
    public bool IsNone => Changes.Count == 0;
}

/// <summary>Compares wanted specs with those of the engine. What the engine fills in is no change.</summary>
internal static class SpecComparer
{
    /// <param name="wanted">The wanted service.</param>
    /// <param name="actual">The service on the engine.</param>
    /// <param name="names">The names of the networks on the engine, by id.</param>
    public static SpecDifference Compare(
        StackService wanted, SwarmService actual, IReadOnlyDictionary<string, string> names) => throw new NotImplementedException();

    /// <summary>
    /// The spec to send for an update: the wanted one, with what is kept of the service's: ForceUpdate, and the digest its image
    /// is pinned to if the file's image is the same.
    /// </summary>
    public static SwarmServiceSpec Onto(SwarmServiceSpec wanted, SwarmServiceSpec actual) => throw new NotImplementedException();

    public static IReadOnlyList<FieldChange> Compare(SwarmNetworkSpec wanted, SwarmNetworkSpec actual) =>
        throw new NotImplementedException();

    /// <summary>The changed labels of a secret or config; their content never changes, as it is in the name.</summary>
    public static IReadOnlyList<FieldChange> Labels(
        IReadOnlyDictionary<string, string>? wanted, IReadOnlyDictionary<string, string>? actual) =>
        throw new NotImplementedException();
}
