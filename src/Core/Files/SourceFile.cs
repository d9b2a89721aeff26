using System.Text;

namespace Compose.Files;

/// <summary>Reads text files, decoded by their byte order mark: PowerShell 5.1 writes UTF-16.</summary>
internal static class SourceFile
{
    /// <summary>Some 10,000 services; what is larger was not written for a compose tool.</summary>
    private const int MaxLength = 10 * 1024 * 1024;

    /// <summary>The text, or null and the reason why there is none.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="problem">The reason.</param>
    /// <param name="passed">Whether the user named it, not a file.</param>
    public static string? TryRead(string path, out string? problem, bool passed = false) => TryRead(() => RegularFile.Open(path, passed), out problem);

    /// <inheritdoc cref="TryRead(string, out string?, bool)"/>
    public static string? TryRead(Func<Stream> open, out string? problem)
    {
        problem = null;
        try
        {
            using var stream = open();
            return Read(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException or ArgumentException or NotSupportedException)
        {
            problem = exception is DecoderFallbackException ? "It is neither UTF-8 nor marked as UTF-16: " + exception.Message : exception.Message;
            return null;
        }
    }

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        var text = new StringBuilder();
        var buffer = new char[32 * 1024];
        while (reader.Read(buffer, 0, buffer.Length) is var count and > 0)
        {
            text.Append(buffer, 0, count);
            if (text.Length > MaxLength)
                throw new IOException($"It is larger than {MaxLength / 1024 / 1024} MB, the most a file may have.");
        }

        return text.ToString();
    }
}
