using System.Text.RegularExpressions;

namespace Compose.Model.Naming;

/// <summary>Whether a name or a text speaks of a secret, whose value is then not shown.</summary>
internal static class SecretNames
{
    private static readonly Regex Secret =
        new("passw|pwd|secret|token|credential|api[_-]?key", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static bool Speaks(string text) => Secret.IsMatch(text);
}
