using System.Text;
using Compose.Errors;
using Compose.Files.Checks;

namespace Compose.Files.Reading;

/// <summary>Reads text files, decoded by their byte order mark: PowerShell 5.1 writes UTF-16.</summary>
internal static class SourceFile
{
    /// <summary>Some 10,000 services; what is larger was not written for a compose tool.</summary>
    private const int MaxLength = 10 * 1024 * 1024;

    /// <summary>The text, or null and the reason why there is none.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="problem">The reason.</param>
    /// <param name="passed">Whether the user named it, not a file.</param>
    public static string? TryRead(string path, out string? problem, bool passed = false) =>
        TryRead(() => RegularFile.Open(path, passed), out problem);

    /// <inheritdoc cref="TryRead(string, out string?, bool)"/>
    public static string? TryRead(Func<Stream> open, out string? problem) => TryRead(open, isStrict: true, out problem);

    /// <summary>
    /// The text of a file of variables. Bytes that are not UTF-8 stand as U+FFFD, for docker compose takes such a file and sends
    /// the engine just that; a warning names the first line with one that is no comment.
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
                DiagnosticSeverity.Warning, FileErrors.NotUtf8, "This line is not UTF-8: what cannot be read stands as '\uFFFD'.",
                path, index + 1, 1, 2, advice: "Save the file as UTF-8.");
        }

        return text;
    }

    /// <summary>Whether a file is there to be read; a link that leads nowhere is none.</summary>
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
            // Links that lead in a circle: reading says so.
            return false;
        }
    }
#else
    /// <summary>.NET Framework finds no file behind such a link.</summary>
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
