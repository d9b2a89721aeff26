using System.Text.RegularExpressions;

namespace Compose.State;

/// <summary>Names with * and ? in them, as docker compose and PowerShell take them.</summary>
internal static class NamePattern
{
    public static bool IsPattern(string text) => text.IndexOfAny(['*', '?']) >= 0;

    public static bool IsMatch(string pattern, string name) =>
        pattern == name || (IsPattern(pattern) && Regex.IsMatch(name, "^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.CultureInvariant | RegexOptions.Singleline));
}
