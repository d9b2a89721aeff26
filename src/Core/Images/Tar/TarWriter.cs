using System.Text;
using Compose.Engine.Api;

namespace Compose.Images.Tar;

/// <summary>Writes a tar stream: ustar, with pax extensions for values that its fields cannot hold.</summary>
internal sealed class TarWriter(Stream target)
{
    /// <summary>The largest length that the header's field can hold.</summary>
    private const long MaxLength = 0x1FFFFFFFFL;

    /// <summary>The largest owner id that the header's field can hold; directory services assign larger ones.</summary>
    private const long MaxOwner = 0x1FFFFF;

    /// <summary>The latest time, in seconds, that the header's field can hold.</summary>
    private const long MaxTime = 0x1FFFFFFFFL;

    /// <summary>Collects small files, each of which would otherwise be several writes to the engine.</summary>
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _used;

    /// <summary>Whether content is being read: an IOException is then the file's, not the connection's.</summary>
    public bool IsReading { get; private set; }

    /// <summary>The attributes of an entry.</summary>
    /// <param name="Mode">The permission bits.</param>
    /// <param name="Modified">The time of the last change, UTC.</param>
    /// <param name="Uid">The owner's user id.</param>
    /// <param name="Gid">The owner's group id.</param>
    internal readonly record struct Attributes(int Mode, DateTime Modified, long Uid = 0, long Gid = 0);

    public async Task AddFileAsync(
        string name, Stream content, long length, Attributes attributes, CancellationToken cancellationToken)
    {
        await HeaderAsync(name, length, '0', "", attributes, cancellationToken).ConfigureAwait(false);
        for (var left = length; left > 0;)
        {
            if (_used == _buffer.Length)
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            IsReading = true;
            var most = (int)Math.Min(_buffer.Length - _used, left);
            var read = await content.ReadAsync(_buffer, _used, most, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new IOException($"'{name}' became shorter while it was read.");
            IsReading = false;
            _used += read;
            left -= read;
        }

        await PadAsync(length, cancellationToken).ConfigureAwait(false);
    }

    public async Task AddTextAsync(string name, string text, Attributes attributes, CancellationToken cancellationToken)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        using var content = new MemoryStream(octets);
        await AddFileAsync(name, content, octets.Length, attributes, cancellationToken).ConfigureAwait(false);
    }

    public Task AddDirectoryAsync(string name, Attributes attributes, CancellationToken cancellationToken) =>
        HeaderAsync(name.TrimEnd('/') + "/", 0, '5', "", attributes, cancellationToken);

    public Task AddLinkAsync(string name, string destination, Attributes attributes, CancellationToken cancellationToken) =>
        HeaderAsync(name, 0, '2', destination, attributes, cancellationToken);

    /// <summary>Adds a hard link to a file that was added before.</summary>
    public Task AddHardLinkAsync(string name, string first, Attributes attributes, CancellationToken cancellationToken) =>
        HeaderAsync(name, 0, '1', first, attributes, cancellationToken);

    public Task AddPipeAsync(string name, Attributes attributes, CancellationToken cancellationToken) =>
        HeaderAsync(name, 0, '6', "", attributes, cancellationToken);

    /// <summary>Writes the two empty blocks that end an archive.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(new byte[2 * TarHeader.Block], cancellationToken).ConfigureAwait(false);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task HeaderAsync(
        string name, long length, char type, string link, Attributes attributes, CancellationToken cancellationToken)
    {
        var extended = new StringBuilder();
        if (!Fits(name, TarField.Name))
            Extend(extended, "path", name);
        if (!Fits(link, TarField.LinkName))
            Extend(extended, "linkpath", link);
        if (length > MaxLength)
            Extend(extended, "size", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Extend(extended, "uid", attributes.Uid);
        Extend(extended, "gid", attributes.Gid);
        if (Seconds(attributes) is var seconds and (< 0 or > MaxTime))
            Extend(extended, "mtime", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (extended.Length > 0)
        {
            var octets = Encoding.UTF8.GetBytes(extended.ToString());
            await WriteAsync(Header("PaxHeaders/entry", octets.Length, 'x', "", attributes), cancellationToken)
                .ConfigureAwait(false);
            await WriteAsync(octets, cancellationToken).ConfigureAwait(false);
            await PadAsync(octets.Length, cancellationToken).ConfigureAwait(false);
        }

        await WriteAsync(Header(name, length, type, link, attributes), cancellationToken).ConfigureAwait(false);
    }

    private static byte[] Header(string name, long length, char type, string link, Attributes attributes)
    {
        var header = new TarHeader { Type = type };
        header.SetText(TarField.Name, name);
        header.SetNumber(TarField.Mode, attributes.Mode);
        header.SetNumber(TarField.UserId, Math.Min(attributes.Uid, MaxOwner));
        header.SetNumber(TarField.GroupId, Math.Min(attributes.Gid, MaxOwner));
        header.SetNumber(TarField.Length, Math.Min(length, MaxLength));
        header.SetNumber(TarField.Modified, Math.Min(Math.Max(0, Seconds(attributes)), MaxTime));
        header.SetText(TarField.LinkName, link);
        header.SetText(TarField.Magic, "ustar");
        header.SetText(TarField.Version, "00");
        header.Seal();
        return header.Octets;
    }

    /// <summary>Seconds since 1970, rounded down for earlier times too.</summary>
    private static long Seconds(Attributes attributes) => (long)Math.Floor((attributes.Modified - UnixTime.Epoch).TotalSeconds);

    /// <summary>Adds a pax record. It begins with its own length in bytes, including that number.</summary>
    private static void Extend(StringBuilder extended, string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value) + 3;
        var length = rest + Digits(rest);
        length = rest + Digits(length);
        extended.Append(length).Append(' ').Append(key).Append('=').Append(value).Append('\n');
    }

    private static void Extend(StringBuilder extended, string key, long owner)
    {
        if (owner > MaxOwner)
            Extend(extended, key, owner.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static int Digits(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;

    private static bool Fits(string text, TarField field) => text.Length <= field.Size && text.All(character => character < 128);

    private async Task WriteAsync(byte[] octets, CancellationToken cancellationToken)
    {
        for (var from = 0; from < octets.Length;)
        {
            if (_used == _buffer.Length)
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            var count = Math.Min(_buffer.Length - _used, octets.Length - from);
            Buffer.BlockCopy(octets, from, _buffer, _used, count);
            (_used, from) = (_used + count, from + count);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await target.WriteAsync(_buffer, 0, _used, cancellationToken).ConfigureAwait(false);
        _used = 0;
    }

    private Task PadAsync(long length, CancellationToken cancellationToken) =>
        TarHeader.Padding(length) is var padding and > 0 ? WriteAsync(new byte[padding], cancellationToken) : Task.CompletedTask;
}
