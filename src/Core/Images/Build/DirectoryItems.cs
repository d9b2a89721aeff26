namespace Compose.Images.Build;

/// <summary>Lists a directory in ordinal order, which is the same on every machine.</summary>
internal static class DirectoryItems
{
    /// <param name="directory">The directory.</param>
    /// <param name="unreadable">Makes the error for a path that cannot be read.</param>
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
