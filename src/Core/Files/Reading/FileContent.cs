using Compose.Errors;

namespace Compose.Files.Reading;

/// <summary>Reads a file that a compose file names, whole.</summary>
internal static class FileContent
{
    /// <param name="path">The file's absolute path.</param>
    /// <param name="origin">Where the compose file names it, for the error.</param>
    public static byte[] Read(string path, Origin origin)
    {
        try
        {
            using var file = RegularFile.Open(path);
            using var octets = new MemoryStream();
            file.CopyTo(octets);
            return octets.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ExecuteErrors.FileUnreadable.Exception(
                $"{origin}: '{path}' cannot be read: {exception.Message}", path, inner: exception);
        }
    }
}
