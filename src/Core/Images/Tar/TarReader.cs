using System.Globalization;
using System.Text;
using Compose.Engine.Api;
using Compose.Errors;
using Compose.Files.Reading;

namespace Compose.Images.Tar;

/// <summary>
/// Reads a tar stream (ustar, pax, GNU's long names and numbers) forward only. Content that the caller does not read is skipped.
/// </summary>
internal sealed class TarReader(Stream source)
{
    /// <summary>The longest pax or GNU extension to accept: more than any path needs.</summary>
    private const int MaxExtension = 1024 * 1024;
    private readonly TarHeader _header = new();
    private long _left;
    private int _padding;

    /// <summary>The next entry, or null at the end.</summary>
    /// <exception cref="ComposeException">ArchiveDamaged.</exception>
    public async Task<TarEntry?> NextAsync(CancellationToken cancellationToken)
    {
        await SkipAsync(cancellationToken).ConfigureAwait(false);
        var extended = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await ReadHeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_header.IsEmpty)
                return null;
            if (!_header.HasRightChecksum())
                throw Damaged("a checksum is wrong");
            var length = _header.Number(TarField.Length);
            switch (_header.Type)
            {
                case 'x':
                    Records(await ExtensionAsync(length, cancellationToken).ConfigureAwait(false), extended);
                    break;
                case 'g':
                    await ExtensionAsync(length, cancellationToken).ConfigureAwait(false);
                    break;
                case 'L':
                    extended["path"] = ZeroEnded(await ExtensionAsync(length, cancellationToken).ConfigureAwait(false));
                    break;
                case 'K':
                    extended["linkpath"] = ZeroEnded(await ExtensionAsync(length, cancellationToken).ConfigureAwait(false));
                    break;
                default:
                    return Entry(length, extended);
            }
        }

        return null;
    }

    /// <summary>Reads content of the current entry; returns 0 at its end.</summary>
    public async Task<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        if (_left == 0)
            return 0;
        var read = await source.ReadAsync(buffer, 0, (int)Math.Min(buffer.Length, _left), cancellationToken)
            .ConfigureAwait(false);
        if (read == 0)
            throw Damaged("it ends in the middle of a file");
        _left -= read;
        return read;
    }

    private TarEntry Entry(long length, Dictionary<string, string> extended)
    {
        var name = extended.TryGetValue("path", out var path) ? path : Name();
        var kind = _header.Type switch
        {
            '0' or '\0' or '7' when extended.Keys.Any(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)) =>
                TarEntryKind.Other,
            '0' or '\0' or '7' => name.EndsWith("/", StringComparison.Ordinal) ? TarEntryKind.Directory : TarEntryKind.File,
            '1' => TarEntryKind.HardLink,
            '2' => TarEntryKind.SymbolicLink,
            '5' => TarEntryKind.Directory,
            _ => TarEntryKind.Other,
        };
        if (extended.TryGetValue("size", out var size))
            length = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var large)
                ? large
                : throw Damaged($"the size of '{name}' is no number");
        if (kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink or TarEntryKind.Directory)
            length = 0;
        (_left, _padding) = (length, TarHeader.Padding(length));
        var attributes = new TarWriter.Attributes(
            (int)(_header.Number(TarField.Mode) & UnixMode.AllBits), Modified(extended), Owner("uid", TarField.UserId, extended),
            Owner("gid", TarField.GroupId, extended));
        return new TarEntry(
            name, kind, length, extended.TryGetValue("linkpath", out var link) ? link : _header.Text(TarField.LinkName),
            attributes);
    }

    private DateTime Modified(Dictionary<string, string> extended)
    {
        var seconds = extended.TryGetValue("mtime", out var text)
            && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var exact)
            ? exact
            : _header.Number(TarField.Modified);
        // Times beyond the year 9999, which DateTime cannot represent, are ignored.
        return seconds is > 0 and < 253_402_300_800 ? UnixTime.FromSeconds(seconds) : UnixTime.Epoch;
    }

    private int Owner(string key, TarField field, Dictionary<string, string> extended)
    {
        var id = extended.TryGetValue(key, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large)
            ? large
            : _header.Number(field);
        return id is >= 0 and <= int.MaxValue ? (int)id : 0;
    }

    /// <summary>The entry's name, with ustar's prefix.</summary>
    private string Name()
    {
        var name = _header.Text(TarField.Name);
        var prefix = _header.Text(TarField.Magic) == "ustar" ? _header.Text(TarField.Prefix) : "";
        return prefix.Length == 0 ? name : prefix + "/" + name;
    }

    private async Task<byte[]> ExtensionAsync(long length, CancellationToken cancellationToken)
    {
        if (length > MaxExtension)
            throw Damaged("a name or attribute is too long");
        (_left, _padding) = (length, TarHeader.Padding(length));
        var extension = new byte[length];
        if (await FillAsync(extension, (int)length, cancellationToken).ConfigureAwait(false) < length)
            throw Damaged("it ends in the middle of a head");
        _left = 0;
        await SkipAsync(cancellationToken).ConfigureAwait(false);
        return extension;
    }

    /// <summary>Reads pax records: the record's length in bytes, a space, <c>key=value</c>, a line feed.</summary>
    private static void Records(byte[] octets, Dictionary<string, string> extended)
    {
        var start = 0;
        while (start < octets.Length && octets[start] != 0)
        {
            var space = Array.IndexOf(octets, (byte)' ', start);
            if (space < 0
                || !int.TryParse(
                    Encoding.ASCII.GetString(octets, start, space - start), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var length)
                || length <= space - start + 1 || length > octets.Length - start)
                throw Damaged("an attribute has no length");
            var record = Encoding.UTF8.GetString(octets, space + 1, start + length - space - 2);
            var equals = record.IndexOf('=');
            if (equals < 0)
                throw Damaged("an attribute has no value");
            extended[record.Substring(0, equals)] = record.Substring(equals + 1);
            start += length;
        }
    }

    private static string ZeroEnded(byte[] octets)
    {
        var end = Array.IndexOf(octets, (byte)0);
        return Encoding.UTF8.GetString(octets, 0, end < 0 ? octets.Length : end);
    }

    /// <summary>Skips the rest of the current entry.</summary>
    private async Task SkipAsync(CancellationToken cancellationToken)
    {
        var left = _left + _padding;
        (_left, _padding) = (0, 0);
        var sink = new byte[Math.Min(left, 64 * 1024)];
        while (left > 0)
        {
            var read = await source.ReadAsync(sink, 0, (int)Math.Min(sink.Length, left), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw Damaged("it ends in the middle of a file");
            left -= read;
        }
    }

    /// <summary>Reads a header. Returns false at the end of the stream: some writers omit the two empty blocks.</summary>
    private async Task<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var read = await FillAsync(_header.Octets, TarHeader.Block, cancellationToken).ConfigureAwait(false);
        return read switch { 0 => false, TarHeader.Block => true, _ => throw Damaged("it ends in the middle of a head") };
    }

    private async Task<int> FillAsync(byte[] buffer, int count, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < count)
        {
            var read = await source.ReadAsync(buffer, filled, count - filled, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            filled += read;
        }

        return filled;
    }

    internal static ComposeException Damaged(string why) =>
        CopyErrors.ArchiveDamaged.Exception($"The archive is damaged: {why}.");
}
