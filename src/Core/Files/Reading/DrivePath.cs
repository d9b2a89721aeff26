namespace Compose.Files.Reading;

/// <summary>Recognizes Windows paths with a drive: <c>C:\data</c> or <c>C:/data</c>, on every system.</summary>
internal static class DrivePath
{
    /// <summary>Whether a text begins with a letter, a colon and a slash of either kind.</summary>
    public static bool Is(string text) => HasDrive(text) && text.Length > 2 && text[2] is '\\' or '/';

    /// <summary>Whether a text is such a path, or only a drive: <c>C:</c>.</summary>
    public static bool IsOrDrive(string text) => Is(text) || (text.Length == 2 && HasDrive(text));

    private static bool HasDrive(string text) => text.Length >= 2 && char.IsLetter(text[0]) && text[1] == ':';
}
