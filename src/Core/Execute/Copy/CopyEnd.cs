namespace Compose.Execute.Copy;

/// <summary>One side of a copy as the user wrote it: <c>SERVICE:PATH</c>, or a path of this machine.</summary>
/// <param name="Service">The service; empty means the piped container's; null means this machine.</param>
/// <param name="Path">The path, as written.</param>
internal sealed record CopyEnd(string? Service, string Path)
{
    /// <param name="text">What was written.</param>
    /// <param name="windows">Whether this machine's paths may begin with a drive.</param>
    public static CopyEnd Parse(string text, bool windows)
    {
        var colon = text.IndexOf(':');
        // ./file:name and ~/file:name are files; so is C:\file.
        return colon < 0 || text[0] is '.' or '/' or '~' || (windows && IsDrive(text, colon))
            ? new CopyEnd(null, text)
            : new CopyEnd(text.Substring(0, colon), text.Substring(colon + 1));
    }

    private static bool IsDrive(string text, int colon) => text[0] == '\\' || (colon == 1 && char.IsLetter(text[0]) && text.Length > 2 && text[2] is '\\' or '/');
}
