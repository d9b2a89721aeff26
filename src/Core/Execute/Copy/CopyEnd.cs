using Compose.Files.Reading;

namespace Compose.Execute.Copy;

/// <summary>One side of a copy as the user wrote it: <c>SERVICE:PATH</c> or a local path.</summary>
/// <param name="Service">The service; empty for the piped container; null for a local path.</param>
/// <param name="Path">The path, as written.</param>
internal sealed record CopyEnd(string? Service, string Path)
{
    /// <param name="text">What was written.</param>
    /// <param name="windows">Whether local paths may begin with a drive.</param>
    public static CopyEnd Parse(string text, bool windows)
    {
        var colon = text.IndexOf(':');
        // ./file:name, ~/file:name and C:\file are local paths.
        return colon < 0 || text[0] is '.' or '/' or '~' || (windows && (text[0] == '\\' || DrivePath.Is(text)))
            ? new CopyEnd(null, text)
            : new CopyEnd(text.Substring(0, colon), text.Substring(colon + 1));
    }

    /// <summary>
    /// Advice for a copy that names no service: one side was read as a path on a drive but may have been a service with a name of
    /// one letter.
    /// </summary>
    /// <param name="windows">Whether local paths may begin with a drive.</param>
    /// <param name="sides">The sides as written. A path in a container has no backslash.</param>
    public static string? DriveAdvice(bool windows, params string[] sides)
    {
        if (!windows || sides.FirstOrDefault(side => DrivePath.Is(side) && side[2] == '/') is not { } drive)
            return null;
        var service = drive[0];
        var withoutName = string.Join(" ", sides.Select(side => side == drive ? side.Substring(1) : side));
        return $"'{drive}' was read as a path on drive {service}:. For a service named '{service}', leave the name out: "
            + $"pipe it (Get-ComposeContainer -Service {service}), "
            + $"or name its container with -Container, and write Copy-ComposeItem {withoutName}";
    }
}
