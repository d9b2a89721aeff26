using Compose.Files.Reading;

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
        return colon < 0 || text[0] is '.' or '/' or '~' || (windows && (text[0] == '\\' || DrivePath.Is(text)))
            ? new CopyEnd(null, text)
            : new CopyEnd(text.Substring(0, colon), text.Substring(colon + 1));
    }

    /// <summary>
    /// What to do about a copy that names no service, where one side was read as a path on a drive and may be a service of one
    /// letter.
    /// </summary>
    /// <param name="windows">Whether this machine's paths may begin with a drive.</param>
    /// <param name="sides">The sides as they were written. A path in a container has no backslash.</param>
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
