using System.Text;
using Compose.Errors;
using Compose.Files.Checks;

namespace Compose.Files.Reading;

/// <summary>Reads text files as UTF-8, or by their byte order mark, because PowerShell 5.1 writes UTF-16.</summary>
internal static class SourceFile
{
    /// <summary>The most characters of a file: about 10,000 services.</summary>
    private const int MaxLength = 10 * 1024 * 1024;

    /// <summary>Reads a file. Returns null, and the reason, if that fails.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="problem">The reason.</param>
    /// <param name="passed">Whether the path is from a parameter or the environment rather than from a compose file.</param>
    public static string? TryRead(string path, out string? problem, bool passed = false) =>
        TryRead(() => RegularFile.Open(path, passed), out problem);

    /// <inheritdoc cref="TryRead(string, out string?, bool)"/>
    public static string? TryRead(Func<Stream> open, out string? problem) => TryRead(open, isStrict: true, out problem);

    /// <summary>
    /// Reads a file of variables. Bytes that are not UTF-8 become U+FFFD, because docker compose accepts such a file and sends
    /// U+FFFD to the engine. A warning names the first such line that is not a comment.
    /// </summary>
    public static string? TryReadVariables(string path, DiagnosticBag diagnostics, out string? problem, bool passed = false)
    {
        var text = TryRead(path, out problem, passed);
        var isRepaired = text is null
            && (text = TryRead(() => RegularFile.Open(path, passed), isStrict: false, out _)) is not null;
        if (text is null)
            return null;
        problem = null;
        diagnostics.Remember(path, text);
        if (isRepaired && Array.FindIndex(text.Split('\n'), IsRepairedLine) is >= 0 and var index)
        {
            diagnostics.Add(
                DiagnosticSeverity.Warning, FileErrors.NotUtf8, "This line is not UTF-8; unreadable bytes become '\uFFFD'.",
                path, index + 1, 1, 2, advice: "Save the file as UTF-8.");
        }

        return text;
    }

    /// <summary>Whether a file exists; false for a broken symbolic link.</summary>
    public static bool Exists(string path) => File.Exists(path) && !IsBrokenLink(path);

    private static bool IsRepairedLine(string line) =>
        line.IndexOf('\uFFFD') >= 0 && !line.TrimStart().StartsWith("#", StringComparison.Ordinal);

#if NET
    private static bool IsBrokenLink(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false };
        }
        catch (IOException)
        {
            // A cycle of links: reading the file reports it.
            return false;
        }
    }
#else
    /// <summary>On .NET Framework, File.Exists is already false for a broken link.</summary>
    private static bool IsBrokenLink(string _) => false;
#endif

    private static string? TryRead(Func<Stream> open, bool isStrict, out string? problem)
    {
        problem = null;
        try
        {
            using var stream = open();
            return Read(stream, isStrict);
        }
        catch (Exception exception) when (exception is IOException
            or UnauthorizedAccessException
            or DecoderFallbackException
            or ArgumentException
            or NotSupportedException)
        {
            problem = exception is DecoderFallbackException
                ? "It is neither UTF-8 nor marked as UTF-16: " + exception.Message
                : exception.Message;
            return null;
        }
    }

    private static string Read(Stream stream, bool isStrict)
    {
        var encoding = new UTF8Encoding(false, throwOnInvalidBytes: isStrict);
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true);
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
