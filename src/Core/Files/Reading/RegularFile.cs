namespace Compose.Files.Reading;

/// <summary>
/// Opens the files that a project refers to. Anything but a regular file is refused before it is opened, because opening a pipe
/// without a writer, or reading a device, may block forever.
/// </summary>
internal static class RegularFile
{
    private const string NullDevice = "/dev/null";
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];
    private static readonly string[] Remote = ["pipe", "mailslot"];
    private static readonly char[] NameEnds = ['.', ':', ' '];

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="passed">Whether the path is from a parameter. Then it may be standard input, or the pipe of a shell's
    /// <c>&lt;(command)</c>.</param>
    /// <exception cref="IOException">It cannot be opened, or is no regular file.</exception>
    public static FileStream Open(string path, bool passed = false)
    {
        if (path == NullDevice || (passed && IsDescriptor(path)))
            return File.OpenRead(path);
        if (Refusal(path) is { } reason)
            throw new IOException(reason);
        var stream = File.OpenRead(path);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw new IOException("It is not a regular file.");
    }

    /// <summary>The text of a file, decoded by its byte order mark.</summary>
    /// <exception cref="IOException">It cannot be read, or is no regular file.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <summary>Why a path is refused; null for a regular file or a path that does not exist.</summary>
    public static string? Refusal(string path)
    {
        if (Path.DirectorySeparatorChar == '\\')
            return IsWindowsDevice(path) ? "It names a device or a pipe, not a regular file." : null;
        // It reads as empty, and is the usual way to say "no file".
        if (path == NullDevice)
            return null;
        var status = FileStatus.OfTarget(path);
        return !status.IsSpecial ? null
            : status.IsPipe ? "It is a named pipe, not a regular file."
            : "It is a device or a socket, not a regular file.";
    }

    /// <summary>
    /// Whether a path is that of an open descriptor of this process, as in <c>-Path /dev/stdin</c> or <c>&lt;(command)</c>.
    /// </summary>
    private static bool IsDescriptor(string path) =>
        path == "/dev/stdin" || IsNumberBelow(path, "/dev/fd/") || IsNumberBelow(path, "/proc/self/fd/");

    private static bool IsNumberBelow(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal)
        && path.Length > directory.Length
        && path.Skip(directory.Length).All(char.IsDigit);

    /// <summary>
    /// Whether Windows opens a device for a path: <c>CON</c> and other reserved names in any directory, <c>\\.\pipe\x</c>,
    /// <c>\\server\pipe\x</c>.
    /// </summary>
    internal static bool IsWindowsDevice(string path)
    {
        var parts = path.Split('\\', '/');
        var name = parts[parts.Length - 1];
        var end = name.IndexOfAny(NameEnds);
        var stem = (end < 0 ? name : name.Substring(0, end)).ToUpperInvariant();
        var isPort = stem.Length == 4
            && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
            && (char.IsDigit(stem[3]) || stem[3] is '\u00B9' or '\u00B2' or '\u00B3');
        var isRemote = parts.Length > 4 && parts[0].Length == 0 && parts[1].Length == 0;
        return isPort || Devices.Contains(stem)
            || path.StartsWith(@"\\.\", StringComparison.Ordinal)
            || (isRemote && Remote.Contains(parts[3], StringComparer.OrdinalIgnoreCase));
    }
}
