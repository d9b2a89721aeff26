using System.Text.RegularExpressions;

namespace Compose.Model.Naming;

/// <summary>Recognizes names that suggest a secret, whose values are masked in output.</summary>
internal static class SecretNames
{
    private static readonly Regex Secret =
        new("passw|pwd|secret|token|credential|api[_-]?key", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static bool IsMatch(string text) => Secret.IsMatch(text);
}
