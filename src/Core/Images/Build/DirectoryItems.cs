namespace Compose.Images.Build;

/// <summary>What a folder that is sent holds, in an order that is the same on every machine.</summary>
internal static class DirectoryItems
{
    /// <param name="directory">The folder.</param>
    /// <param name="unreadable">The error for its path where it cannot be read.</param>
    public static IReadOnlyList<FileSystemInfo> Of(DirectoryInfo directory, Func<string, Exception, Exception> unreadable)
    {
        try
        {
            return [.. directory.EnumerateFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw unreadable(directory.FullName, exception);
        }
    }
}
