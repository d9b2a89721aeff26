using System.Text.RegularExpressions;

namespace Compose.Errors;

/// <summary>Logins in addresses: <c>https://token@host/repo.git</c>. They are used, and never shown.</summary>
internal static class UrlLogin
{
    private static readonly Regex Login = new(
        @"(?<scheme>\b[a-z][a-z0-9+.-]*://)(?<login>[^\s/?#'""@]*(?:@[^\s/?#'""@]*)*)@",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>A text with three stars in place of each login. The user alone of an ssh address is no secret.</summary>
    public static string Hide(string text) => text.IndexOf('@') < 0 ? text : Login.Replace(text, found =>
        IsUserOfSsh(found) ? found.Value : found.Groups["scheme"].Value + "***@");

    private static bool IsUserOfSsh(Match found) =>
        found.Groups["scheme"].Value.Equals("ssh://", StringComparison.OrdinalIgnoreCase)
            && found.Groups["login"].Value.IndexOf(':') < 0;
}
