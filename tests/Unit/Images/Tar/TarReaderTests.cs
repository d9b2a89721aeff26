using System.Formats.Tar;
using System.Text;
using Compose.Errors;
using Compose.Images.Tar;
using TarEntry = Compose.Images.Tar.TarEntry;
using TarReader = Compose.Images.Tar.TarReader;
using TarWriter = System.Formats.Tar.TarWriter;

namespace Compose.Tests.Images.Tar;

/// <summary>Archives that .NET's own writer makes, and damaged ones.</summary>
public class TarReaderTests
{
    private static readonly string Long = string.Join("/", Enumerable.Repeat("dïrectory", 30)) + "/file";

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Every_format_is_read(TarEntryFormat format)
    {
        var type = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
        var archive = Archive(format, writer =>
        {
            writer.WriteEntry(Entry(format, TarEntryType.Directory, "d/"));
            writer.WriteEntry(Entry(format, type, "d/empty"));
            writer.WriteEntry(Entry(format, type, "d/file", content: "content " + new string('x', 1000)));
            writer.WriteEntry(Entry(format, TarEntryType.SymbolicLink, "d/link", link: "../file"));
            writer.WriteEntry(Entry(format, TarEntryType.HardLink, "d/second", link: "d/file"));
        });

        var entries = await ReadAsync(archive);

        Assert.Equal(
            [
                ("d/", TarEntryKind.Directory, ""), ("d/empty", TarEntryKind.File, ""), ("d/file", TarEntryKind.File, ""),
                ("d/link", TarEntryKind.SymbolicLink, "../file"), ("d/second", TarEntryKind.HardLink, "d/file"),
            ],
            entries.Select(entry => (entry.Entry.Name, entry.Entry.Kind, entry.Entry.LinkName)));
        Assert.Equal("content " + new string('x', 1000), entries[2].Content);
        var file = entries[2].Entry.Attributes;
        Assert.Equal(
            (0x1A4, 7, 8, new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc)),
            (file.Mode, file.Uid, file.Gid, file.Modified));
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Long_names_and_link_targets_are_read(TarEntryFormat format)
    {
        var archive = Archive(format, writer =>
        {
            writer.WriteEntry(Entry(format, TarEntryType.RegularFile, Long, content: "x"));
            writer.WriteEntry(Entry(format, TarEntryType.SymbolicLink, "l", link: Long));
        });

        var entries = await ReadAsync(archive);

        Assert.Equal((Long, "x"), (entries[0].Entry.Name, entries[0].Content));
        Assert.Equal(Long, entries[1].Entry.LinkName);
    }

    [Fact]
    public async Task Our_own_writer_is_read_back()
    {
        using var archive = new MemoryStream();
        var writer = new Compose.Images.Tar.TarWriter(archive);
        await writer.AddTextAsync(
            Long, "text", new(0x1A4, new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc), 7, 8), CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);

        var entry = Assert.Single(await ReadAsync(archive.ToArray()));

        Assert.Equal((Long, "text", 7), (entry.Entry.Name, entry.Content, entry.Entry.Attributes.Uid));
    }

    [Fact]
    public async Task Content_that_is_not_read_is_passed_over()
    {
        var archive = Archive(TarEntryFormat.Pax, writer =>
        {
            writer.WriteEntry(Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, "a", content: new string('x', 70_000)));
            writer.WriteEntry(Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, "b"));
        });
        var reader = new TarReader(new MemoryStream(archive));

        Assert.Equal("a", (await reader.NextAsync(CancellationToken.None))!.Name);
        Assert.Equal("b", (await reader.NextAsync(CancellationToken.None))!.Name);
        Assert.Null(await reader.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Devices_and_pipes_are_told_apart_from_files()
    {
        var archive = Archive(TarEntryFormat.Pax, writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, "null"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
        });

        Assert.All(await ReadAsync(archive), entry => Assert.Equal(TarEntryKind.Other, entry.Entry.Kind));
    }

    public static TheoryData<string, Func<byte[], byte[]>> Damages => new()
    {
        { "cut in a head", octets => octets[..300] },
        { "cut in content", octets => octets[..700] },
        { "checksum", octets => Change(octets, 3, (byte)'x') },
        { "number", octets => Checked(Change(octets, 126, (byte)'9')) },
        { "a size beyond any file", octets => Checked(Change(Change(octets, 124, 0xBF), 125, 0xFF)) },
        { "an extension that never ends", octets => Checked(Change(Change(octets, 156, (byte)'x'), 124, (byte)'7')) },
        { "an attribute without length", octets => Checked(Change(octets, 156, (byte)'x')) },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_archive_is_an_error(string damage, Func<byte[], byte[]> change)
    {
        var archive = change(
            Archive(
                TarEntryFormat.Ustar,
                writer =>
                    writer.WriteEntry(
                        Entry(TarEntryFormat.Ustar, TarEntryType.RegularFile, "file", content: new string('x', 600)))));

        var exception = await Assert.ThrowsAsync<ComposeException>(() => ReadAsync(archive));

        Assert.True(exception.Info.Id == "ArchiveDamaged", damage);
    }

    [Fact]
    public async Task Any_octets_end_in_entries_or_an_error()
    {
        var archive = Archive(
            TarEntryFormat.Pax,
            writer =>
                writer.WriteEntry(Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, Long, content: new string('x', 600))));
        var random = new Random(4);
        for (var round = 0; round < 2000; round++)
        {
            var changed = archive.ToArray();
            for (var count = random.Next(1, 8); count > 0; count--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                await ReadAsync(Checked(changed));
            }
            catch (ComposeException exception)
            {
                Assert.Equal("ArchiveDamaged", exception.Info.Id);
            }
        }
    }

    private static byte[] Archive(TarEntryFormat format, Action<TarWriter> write)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, format, leaveOpen: true))
            write(writer);
        return archive.ToArray();
    }

    private static System.Formats.Tar.TarEntry Entry(
        TarEntryFormat format, TarEntryType type, string name, string? content = null, string? link = null)
    {
        System.Formats.Tar.TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(type, name),
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
        entry.Mode = (UnixFileMode)0x1A4;
        (entry.Uid, entry.Gid) = (7, 8);
        entry.ModificationTime = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        if (content is not null)
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        if (link is not null)
            entry.LinkName = link;
        return entry;
    }

    private static async Task<IReadOnlyList<(TarEntry Entry, string Content)>> ReadAsync(byte[] archive)
    {
        var reader = new TarReader(new MemoryStream(archive));
        var entries = new List<(TarEntry, string)>();
        var buffer = new byte[333];
        while (await reader.NextAsync(CancellationToken.None) is { } entry)
        {
            var content = new StringBuilder();
            int read;
            while ((read = await reader.ReadAsync(buffer, CancellationToken.None)) > 0)
                content.Append(Encoding.UTF8.GetString(buffer, 0, read));
            entries.Add((entry, content.ToString()));
        }

        return entries;
    }

    private static byte[] Change(byte[] octets, int at, byte octet)
    {
        octets[at] = octet;
        return octets;
    }

    /// <summary>Corrects the checksum of the first header.</summary>
    private static byte[] Checked(byte[] octets)
    {
        var sum = 8 * ' ' + octets.Take(512).Where((_, index) => index is < 148 or >= 156).Sum(octet => octet);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(octets, 148);
        return octets;
    }
}
