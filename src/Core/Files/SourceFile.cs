using System.Text;

namespace Compose.Files;

/// <summary>Reads text files, decoded by their byte order mark: PowerShell 5.1 writes UTF-16.</summary>
internal static class SourceFile
{
    public static string Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    public static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
