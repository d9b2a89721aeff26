using System.Globalization;
using System.Text;
using Compose.Plan;

namespace Compose.Execute;

/// <summary>Packs files into a tar (ustar) for a container, with their owner and mode and the directories on their way.</summary>
internal static class FileArchive
{
    private const int Block = 512;

    public static byte[] Write(IReadOnlyList<InjectedFile> files)
    {
        using var tar = new MemoryStream();
        foreach (var file in files)
        {
            var content = Encoding.UTF8.GetBytes(file.Content);
            Header(tar, file, content.Length);
            tar.Write(content, 0, content.Length);
            var padding = (Block - (content.Length % Block)) % Block;
            tar.Write(new byte[padding], 0, padding);
        }

        tar.Write(new byte[2 * Block], 0, 2 * Block);
        return tar.ToArray();
    }

    private static void Header(MemoryStream tar, InjectedFile file, int size)
    {
        var header = new byte[Block];
        var (prefix, name) = Split(file.Path.TrimStart('/'));
        Text(header, 0, name);
        Octal(header, 100, 8, file.Mode);
        Octal(header, 108, 8, file.UserId);
        Octal(header, 116, 8, file.GroupId);
        Octal(header, 124, 12, size);
        Octal(header, 136, 12, 0);
        header[156] = (byte)'0';
        Text(header, 257, "ustar");
        Text(header, 263, "00");
        Text(header, 345, prefix);
        for (var at = 148; at < 156; at++)
            header[at] = (byte)' ';
        Octal(header, 148, 7, header.Sum(octet => octet));
        tar.Write(header, 0, Block);
    }

    /// <summary>A name has 100 bytes and a prefix 155; they meet at a slash.</summary>
    private static (string Prefix, string Name) Split(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= 100)
            return ("", path);
        var slash = path.LastIndexOf('/', Math.Min(path.Length - 1, 155));
        return slash > 0 && path.Length - slash - 1 <= 100
            ? (path.Substring(0, slash), path.Substring(slash + 1))
            : throw Errors.ExecuteErrors.Unexpected.Exception($"The path '{path}' is too long to be written into a container.", path);
    }

    private static void Text(byte[] header, int at, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Array.Copy(bytes, 0, header, at, bytes.Length);
    }

    private static void Octal(byte[] header, int at, int width, long value) =>
        Text(header, at, Convert.ToString(value, 8).PadLeft(width - 1, '0').ToString(CultureInfo.InvariantCulture));
}
