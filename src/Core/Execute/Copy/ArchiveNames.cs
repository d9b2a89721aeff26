using Compose.Errors;

namespace Compose.Execute.Copy;

/// <summary>Checks the names in an archive: no entry may point outside the directory it is unpacked into.</summary>
internal static class ArchiveNames
{
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>On Windows, a colon would name a drive or an alternate stream, and a backslash a directory.</summary>
    private const string Forbidden = "<>\"|?*:\\";

    /// <summary>The parts of a name; none for the directory itself.</summary>
    /// <exception cref="ComposeException">ArchiveEscapes.</exception>
    public static IReadOnlyList<string> Parts(string name)
    {
        if (name.StartsWith("/", StringComparison.Ordinal))
            throw Escapes(name, "an absolute name");
        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToList();
        if (parts.Contains(".."))
            throw Escapes(name, "a name that leads upwards");
        if (name.IndexOf('\0') >= 0)
            throw Escapes(name, "a name with a zero character");
        return parts;
    }

    /// <summary>Why a file name is not valid on Windows, or null.</summary>
    public static string? InvalidReason(IReadOnlyList<string> parts, bool windows)
    {
        if (!windows)
            return null;
        foreach (var part in parts)
        {
            var stem = part.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
            if (Devices.Contains(stem)
                || (
                    stem.Length == 4
                        && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
                        && char.IsDigit(stem[3])))
                return $"'{part}' is a device on Windows";
            var isForbidden = part.Any(character => character < ' ' || Forbidden.IndexOf(character) >= 0);
            if (isForbidden || part[part.Length - 1] is '.' or ' ')
                return $"Windows has no file named '{part}'";
        }

        return null;
    }

    /// <summary>
    /// Whether a link's target is within the directory. An absolute target is a path in the container, and is kept unchanged.
    /// </summary>
    public static bool StaysWithin(IReadOnlyList<string> link, string target, bool windows)
    {
        var slashed = windows ? target.Replace('\\', '/') : target;
        if (slashed.StartsWith("/", StringComparison.Ordinal))
            return true;
        var depth = link.Count - 1;
        foreach (var part in slashed.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return false;
        }

        return true;
    }

    public static ComposeException Escapes(string name, string why) =>
        CopyErrors.ArchiveEscapes.Exception($"The archive holds {why}: '{name}'.", name);
}
