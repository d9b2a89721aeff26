using System.Formats.Tar;
using System.Text;
using TarWriter = Compose.Images.Tar.TarWriter;

namespace Compose.Tests.Images.Tar;

/// <summary>Archives, read back by .NET's own reader.</summary>
public class TarWriterTests
{
    private static readonly TarWriter.Attributes Attributes = new(
        0x1ED, new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc), 7, 8);

    [Theory]
    [InlineData("short.txt")]
    [InlineData("ünïcode/näme.txt")]
    [InlineData("0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/long.txt")]
    public async Task A_file_keeps_its_name_content_and_attributes(string name)
    {
        using var archive = new MemoryStream();
        var tar = new TarWriter(archive);
        await tar.AddDirectoryAsync("dir", Attributes, CancellationToken.None);
        await tar.AddTextAsync(name, "content " + new string('x', 600), Attributes, CancellationToken.None);
        await tar.AddLinkAsync("link", name, Attributes, CancellationToken.None);
        await tar.CompleteAsync(CancellationToken.None);

        archive.Position = 0;
        using var reader = new TarReader(archive);
        var directory = reader.GetNextEntry()!;
        var file = reader.GetNextEntry(copyData: true)!;
        var link = reader.GetNextEntry()!;
        Assert.Equal(("dir/", TarEntryType.Directory), (directory.Name, directory.EntryType));
        Assert.Equal((name, 7, 8, Attributes.Modified), (file.Name, file.Uid, file.Gid, file.ModificationTime.UtcDateTime));
        Assert.Equal(0x1ED, (int)file.Mode);
        Assert.StartsWith("content xxx", new StreamReader(file.DataStream!, Encoding.UTF8).ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal((TarEntryType.SymbolicLink, name), (link.EntryType, link.LinkName));
        Assert.Null(reader.GetNextEntry());
    }

    [Fact]
    public async Task An_owner_of_a_directory_service_and_a_second_name_are_kept()
    {
        using var archive = new MemoryStream();
        var tar = new TarWriter(archive);
        await tar.AddTextAsync("a", "content", Attributes with { Uid = 1_668_000_000, Gid = 2_097_152 }, CancellationToken.None);
        await tar.AddHardLinkAsync("b", "a", Attributes, CancellationToken.None);
        await tar.CompleteAsync(CancellationToken.None);

        archive.Position = 0;
        using var reader = new TarReader(archive);
        var file = reader.GetNextEntry(copyData: true)!;
        var second = reader.GetNextEntry()!;
        Assert.Equal((1_668_000_000, 2_097_152), (file.Uid, file.Gid));
        Assert.Equal((TarEntryType.HardLink, "b", "a"), (second.EntryType, second.Name, second.LinkName));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-86_400.5)]
    [InlineData(0)]
    [InlineData(8_589_934_591)]
    [InlineData(8_589_934_592)]
    [InlineData(32_503_680_000)]
    public async Task Times_before_1970_and_past_the_field_are_kept(double seconds)
    {
        using var archive = new MemoryStream();
        var tar = new TarWriter(archive);
        await tar.AddTextAsync(
            "a", "x", Attributes with { Modified = DateTime.UnixEpoch.AddSeconds(seconds) }, CancellationToken.None);
        await tar.CompleteAsync(CancellationToken.None);

        archive.Position = 0;
        using var reader = new TarReader(archive);
        Assert.Equal(Math.Floor(seconds), (reader.GetNextEntry()!.ModificationTime - DateTimeOffset.UnixEpoch).TotalSeconds);
    }
}
