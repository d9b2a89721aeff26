using System.Text.RegularExpressions;

namespace Compose.Errors;

/// <summary>Masks credentials in URLs such as <c>https://token@host/repo.git</c> for messages.</summary>
internal static class UrlLogin
{
    private static readonly Regex Login = new(
        @"(?<scheme>\b[a-z][a-z0-9+.-]*://)(?<login>[^\s/?#'""@]*(?:@[^\s/?#'""@]*)*)@",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Replaces credentials by three asterisks. The user name in an ssh URL without a password is kept.</summary>
    public static string Hide(string text) => text.IndexOf('@') < 0 ? text : Login.Replace(text, found =>
        IsUserOfSsh(found) ? found.Value : found.Groups["scheme"].Value + "***@");

    private static bool IsUserOfSsh(Match found) =>
        found.Groups["scheme"].Value.Equals("ssh://", StringComparison.OrdinalIgnoreCase)
            && found.Groups["login"].Value.IndexOf(':') < 0;
}
