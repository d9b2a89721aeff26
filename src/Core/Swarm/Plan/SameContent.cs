using System.Text.RegularExpressions;
using Compose.State;

namespace Compose.Swarm.Plan;

/// <summary>Finds the secrets and configs that had another content before: their names end with a mark of the content.</summary>
internal static class SameContent
{
    private static readonly Regex Marked = new("^(?<name>.+)_[0-9a-f]{8}$", RegexOptions.CultureInvariant);

    /// <summary>
    /// Whether an object is a wanted one, perhaps with another content: by the key in its label, or, where docker stack made it,
    /// by the name without the mark.
    /// </summary>
    public static bool IsSame(
        string name, IReadOnlyDictionary<string, string>? labels, string wanted,
        IReadOnlyDictionary<string, string>? wantedLabels) =>
        KeyOf(labels) is { } key
            ? key == KeyOf(wantedLabels)
            : Marked.Match(wanted) is { Success: true } match && match.Groups["name"].Value == name;

    private static string? KeyOf(IReadOnlyDictionary<string, string>? labels) =>
        labels is not null && labels.TryGetValue(StackLabels.Key, out var key) ? key : null;
}
