namespace Compose.Files.Reading;

/// <summary>Makes a user's path absolute.</summary>
internal static class FullPath
{
    /// <summary>
    /// The absolute path, or null where no file can have such a name: it has a NUL character, or .NET Framework refuses it.
    /// </summary>
    public static string? Of(string directory, string path)
    {
        if (path.IndexOf('\0') >= 0)
            return null;
        try
        {
            return Path.GetFullPath(Path.Combine(directory, path));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }
}
