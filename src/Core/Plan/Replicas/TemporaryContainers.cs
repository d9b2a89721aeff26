using System.Text.RegularExpressions;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Plan.Replicas;

/// <summary>Containers that an interrupted recreation left with a temporary name.</summary>
internal static class TemporaryContainers
{
    /// <summary>The cause of their removal.</summary>
    public const string Cause = "left over from an interrupted recreation";

    private static readonly Regex Temporary = new("^(?<old>[0-9a-f]{12})_(?<name>.+)$", RegexOptions.CultureInvariant);

    /// <summary>The name of a replacement until the container it replaces is removed.</summary>
    public static string TemporaryName(ObservedContainer replaced, string name) =>
        ContainerMapping.ShortId(replaced.Id) + "_" + name;

    public static bool HasTemporaryName(ObservedContainer container) => Temporary.IsMatch(container.Name);

    /// <summary>A container's name without the temporary prefix.</summary>
    public static string FinalName(string name) =>
        Temporary.Match(name) is { Success: true } match ? match.Groups["name"].Value : name;

    /// <summary>Whether the container that this one was to replace still exists, so that this one is removed.</summary>
    public static bool IsLeftover(ObservedContainer container, IEnumerable<ObservedContainer> others)
    {
        var match = Temporary.Match(container.Name);
        return match.Success && others.Any(other => other.Id != container.Id
            && (
                other.Id.StartsWith(match.Groups["old"].Value, StringComparison.Ordinal)
                    || (other.Number == container.Number && !HasTemporaryName(other))));
    }
}
