using System.Text.RegularExpressions;

namespace Compose.Swarm.Plan;

/// <summary>Names of secrets and configs that end with a part of their content's hash: <c>shop_key_ab12cd34</c>.</summary>
internal static class SameContent
{
    private static readonly Regex Hashed = new("^(?<name>.+)_[0-9a-f]{8}$", RegexOptions.CultureInvariant);

    /// <summary>
    /// Whether a name is the same object as a wanted one, perhaps with another content. What docker stack made has no hash.
    /// </summary>
    public static bool IsSame(string name, string wanted) =>
        Hashed.Match(wanted) is { Success: true } match
            && (match.Groups["name"].Value is var plain)
            && (name == plain || (Hashed.Match(name) is { Success: true } other && other.Groups["name"].Value == plain));
}
