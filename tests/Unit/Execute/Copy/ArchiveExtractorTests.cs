using System.Formats.Tar;
using System.Text;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Copy;
using Compose.Tests.Support;
using TarReader = Compose.Images.Tar.TarReader;
using TarWriter = System.Formats.Tar.TarWriter;

namespace Compose.Tests.Execute.Copy;

/// <summary>Archives from a malicious engine, and valid ones.</summary>
public sealed class ArchiveExtractorTests : IDisposable, IEventSink
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("extract");
    private readonly List<ErrorInfo> _refused = [];

    private string Outside => Path.Combine(_root.FullName, "outside");
    private string Inside => Path.Combine(_root.FullName, "inside");

    public ArchiveExtractorTests()
    {
        Directory.CreateDirectory(Outside);
        Directory.CreateDirectory(Inside);
        File.WriteAllText(Path.Combine(Outside, "kept"), "kept");
    }

    public static TheoryData<string, (TarEntryType Type, string Name, string Link)[]> Escapes => new()
    {
        { "upwards", [(TarEntryType.RegularFile, "../outside/kept", "")] },
        { "upwards within", [(TarEntryType.RegularFile, "a/../../outside/kept", "")] },
        { "absolute", [(TarEntryType.RegularFile, "/tmp/compose-escaped", "")] },
        { "a directory upwards", [(TarEntryType.Directory, "../made", "")] },
        { "a link, then through it",
            [(TarEntryType.SymbolicLink, "l", "/"), (TarEntryType.RegularFile, "l/tmp/compose-escaped", "")] },
        { "a link within, then through it",
            [
                (TarEntryType.Directory, "d", ""), (TarEntryType.SymbolicLink, "l", "d"),
                (TarEntryType.RegularFile, "l/kept", ""),
            ] },
        { "a directory through a link", [(TarEntryType.SymbolicLink, "l", "/tmp"), (TarEntryType.Directory, "l/made", "")] },
        { "a link through a link", [(TarEntryType.SymbolicLink, "l", "/tmp"), (TarEntryType.SymbolicLink, "l/m", "/etc")] },
        { "a hard link to a file of this machine", [(TarEntryType.HardLink, "h", "../outside/kept")] },
        { "a hard link by an absolute name", [(TarEntryType.HardLink, "h", "/etc/passwd")] },
        { "a hard link to what was here before", [(TarEntryType.HardLink, "h", "before")] },
        { "a hard link to a link", [(TarEntryType.SymbolicLink, "l", "/etc/passwd"), (TarEntryType.HardLink, "h", "l")] },
        { "a hard link to a file that became a link",
            [
                (TarEntryType.RegularFile, "f", ""), (TarEntryType.SymbolicLink, "f", "/etc/passwd"),
                (TarEntryType.HardLink, "h", "f"),
            ] },
        { "a hard link through a link", [(TarEntryType.SymbolicLink, "l", "/etc"), (TarEntryType.HardLink, "h", "l/passwd")] },
    };

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task Nothing_leaves_the_destination(string how, (TarEntryType Type, string Name, string Link)[] entries)
    {
        File.WriteAllText(Path.Combine(Inside, "before"), "before");

        var exception = await Assert.ThrowsAsync<ComposeException>(() =>
            ExtractAsync(new CopyPlacement(Inside, ".", "."), entries));

        Assert.True(exception.Info.Id is "ArchiveEscapes", $"{how}: {exception.Info}");
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Outside, "kept")));
        Assert.False(
            File.Exists("/tmp/compose-escaped")
                || Directory.Exists("/tmp/made")
                || Directory.Exists(Path.Combine(_root.FullName, "made")));
    }

    [Fact]
    public async Task A_file_takes_the_place_of_a_link_and_is_not_written_through_it()
    {
        await ExtractAsync(
            new CopyPlacement(Inside, ".", "."), (TarEntryType.SymbolicLink, "f", Path.Combine(Outside, "kept")),
            (TarEntryType.RegularFile, "f", "new"));

        Assert.Equal("kept", File.ReadAllText(Path.Combine(Outside, "kept")));
        Assert.Null(new FileInfo(Path.Combine(Inside, "f")).LinkTarget);
    }

    [Fact]
    public async Task A_link_of_this_machine_is_not_written_through_either()
    {
        File.CreateSymbolicLink(Path.Combine(Inside, "d"), Outside);

        var exception = await Assert.ThrowsAsync<ComposeException>(() =>
            ExtractAsync(new CopyPlacement(Inside, ".", "."), (TarEntryType.RegularFile, "d/kept", "")));

        Assert.Equal("ArchiveEscapes", exception.Info.Id);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Outside, "kept")));
    }

    [Fact]
    public async Task Devices_pipes_and_links_that_lead_out_are_refused_and_the_rest_is_copied()
    {
        await ExtractAsync(new CopyPlacement(Inside, ".", "."),
            (TarEntryType.CharacterDevice, "null", ""), (TarEntryType.BlockDevice, "disk", ""), (TarEntryType.Fifo, "pipe", ""),
            (TarEntryType.SymbolicLink, "up", "../outside/kept"), (TarEntryType.SymbolicLink, "d/up", "a/../../../x"),
            (TarEntryType.RegularFile, "f", "rest"));

        Assert.Equal(["null", "disk", "pipe", "up", "d/up"], _refused.Select(error => error.Target));
        Assert.All(_refused, error => Assert.Equal("ArchiveEntryRefused", error.Id));
        Assert.Equal("rest", File.ReadAllText(Path.Combine(Inside, "f")));
    }

    [Theory]
    [InlineData("d")]
    [InlineData("copy")]
    public async Task What_stands_beside_what_was_asked_for_is_refused_by_name_and_the_rest_is_copied(string to)
    {
        File.WriteAllText(Path.Combine(Inside, ".bashrc"), "mine");

        await ExtractAsync(new CopyPlacement(Inside, "d", to),
            (TarEntryType.Directory, "d", ""), (TarEntryType.RegularFile, ".bashrc", "theirs"),
            (TarEntryType.RegularFile, "d/f", "asked for"),
            (TarEntryType.Directory, ".ssh", ""), (TarEntryType.RegularFile, ".ssh/authorized_keys", "theirs"),
            (TarEntryType.SymbolicLink, "l", "d"),
            (TarEntryType.HardLink, "d/second", ".bashrc"), (TarEntryType.HardLink, "h", "d/f"),
            (TarEntryType.RegularFile, "dx", "x"), (TarEntryType.Directory, ".", ""));

        Assert.Equal(
            [".bashrc", ".ssh", ".ssh/authorized_keys", "l", "d/second", "h", "dx", "."],
            _refused.Select(error => error.Target?.ToString()?.TrimEnd('/')));
        Assert.All(_refused, error => Assert.Equal("ArchiveEntryRefused", error.Id));
        Assert.Equal([".bashrc", to, to + "/f"], Names());
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Inside, ".bashrc")));
    }

    [Fact]
    public async Task A_second_name_of_a_file_that_was_here_before_is_none_of_what_was_asked_for()
    {
        File.WriteAllText(Path.Combine(Inside, "before"), "before");

        var exception = await Assert.ThrowsAsync<ComposeException>(() =>
            ExtractAsync(
                new CopyPlacement(Inside, "d", "d"), (TarEntryType.Directory, "d", ""),
                (TarEntryType.HardLink, "d/h", "before")));

        Assert.Equal("ArchiveEscapes", exception.Info.Id);
    }

    [Fact]
    public async Task Links_modes_times_and_second_names_are_kept()
    {
        await ExtractAsync(new CopyPlacement(Inside, "src", "dst"),
            (TarEntryType.Directory, "src", ""), (TarEntryType.RegularFile, "src/f", "content"),
            (TarEntryType.SymbolicLink, "src/l", "f"),
            (TarEntryType.SymbolicLink, "src/absolute", "/etc/hosts"), (TarEntryType.HardLink, "src/h", "src/f"));

        var file = new FileInfo(Path.Combine(Inside, "dst", "f"));
        Assert.Equal(
            ("content", "content"), (File.ReadAllText(file.FullName), File.ReadAllText(Path.Combine(Inside, "dst", "h"))));
        Assert.Equal(
            ("f", "/etc/hosts"),
            (new FileInfo(Path.Combine(Inside, "dst", "l")).LinkTarget,
                new FileInfo(Path.Combine(Inside, "dst", "absolute")).LinkTarget));
        Assert.Equal((UnixFileMode)0x1A0, file.UnixFileMode);
        Assert.Equal(new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc), file.LastWriteTimeUtc);
        Assert.Equal(
            new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc), Directory.GetLastWriteTimeUtc(Path.Combine(Inside, "dst")));
        File.AppendAllText(file.FullName, "!");
        Assert.Equal("content!", File.ReadAllText(Path.Combine(Inside, "dst", "h")));
    }

    [Theory]
    [InlineData(TarEntryType.RegularFile, "CopyFileOverDirectory")]
    [InlineData(TarEntryType.SymbolicLink, "CopyFileOverDirectory")]
    public async Task A_directory_is_never_replaced(TarEntryType type, string id)
    {
        Directory.CreateDirectory(Path.Combine(Inside, "x"));

        var exception = await Assert.ThrowsAsync<ComposeException>(() =>
            ExtractAsync(new CopyPlacement(Inside, ".", "."), (type, "x", "y")));

        Assert.Equal(id, exception.Info.Id);
    }

    [Fact]
    public async Task A_file_is_never_replaced_by_a_directory()
    {
        File.WriteAllText(Path.Combine(Inside, "x"), "kept");

        var exception = await Assert.ThrowsAsync<ComposeException>(() =>
            ExtractAsync(new CopyPlacement(Inside, ".", "."), (TarEntryType.RegularFile, "x/y", "")));

        Assert.Equal("CopyDirectoryOverFile", exception.Info.Id);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Inside, "x")));
    }

    [Fact]
    public async Task A_file_whose_content_breaks_off_leaves_the_old_one()
    {
        File.WriteAllText(Path.Combine(Inside, "f"), "old");
        var archive = Archive([(TarEntryType.RegularFile, "f", new string('x', 5000))])[..2000];

        await Assert.ThrowsAsync<ComposeException>(() => ExtractAsync(new CopyPlacement(Inside, ".", "."), archive));

        Assert.Equal("old", File.ReadAllText(Path.Combine(Inside, "f")));
        Assert.Equal("f", Assert.Single(new DirectoryInfo(Inside).GetFileSystemInfos()).Name);
    }

    [Theory]
    [InlineData("NUL")]
    [InlineData("a/com1.txt")]
    [InlineData("a/dot.")]
    [InlineData("a/<b>")]
    [InlineData("q?")]
    [InlineData("b:2")]
    [InlineData("libc6:amd64.list")]
    [InlineData("C:b")]
    [InlineData("C:/b")]
    [InlineData("b:stream/c")]
    [InlineData("a\\b")]
    [InlineData("a\\..\\..\\b")]
    [InlineData("\\b")]
    public async Task A_name_Windows_cannot_have_is_refused_by_itself_and_the_rest_is_copied(string name)
    {
        await ExtractForWindowsAsync(
            (TarEntryType.RegularFile, "before", "1"), (TarEntryType.RegularFile, name, "x"),
            (TarEntryType.HardLink, "second", name), (TarEntryType.RegularFile, "console", "2"));

        Assert.Equal([name, "second"], _refused.Select(error => error.Target));
        Assert.All(_refused, error => Assert.Equal("ArchiveEntryRefused", error.Id));
        Assert.Equal(["before", "console"], Names());
    }

    [Fact]
    public async Task Names_that_differ_in_case_alone_do_not_overwrite_each_other_on_Windows()
    {
        await ExtractForWindowsAsync(
            (TarEntryType.RegularFile, "Makefile", "first"), (TarEntryType.RegularFile, "makefile", "second"),
            (TarEntryType.Directory, "Dir", ""), (TarEntryType.RegularFile, "Dir/x", "1"),
            (TarEntryType.Directory, "dir", ""), (TarEntryType.RegularFile, "dir/y", "2"),
            (TarEntryType.HardLink, "MAKEFILE", "Makefile"), (TarEntryType.RegularFile, "Makefile", "again"));

        Assert.Equal(["makefile", "dir", "dir/y", "MAKEFILE"], _refused.Select(error => error.Target));
        Assert.Contains("'Makefile'", _refused[0].Message, StringComparison.Ordinal);
        Assert.Equal(["Dir", "Dir/x", "Makefile"], Names());
        Assert.Equal("again", File.ReadAllText(Path.Combine(Inside, "Makefile")));
    }

    [UnixTheory]
    [InlineData("b:2")]
    [InlineData("a\\b")]
    [InlineData("con")]
    public async Task Elsewhere_such_names_are_names(string name)
    {
        await ExtractAsync(
            new CopyPlacement(Inside, ".", "."), (TarEntryType.RegularFile, name, "x"),
            (TarEntryType.RegularFile, name.ToUpperInvariant(), "y"));

        Assert.Empty(_refused);
        Assert.Equal("x", File.ReadAllText(Path.Combine(Inside, name)));
    }

    private List<string> Names() => [.. Directory.EnumerateFileSystemEntries(Inside, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Inside, path).Replace(Path.DirectorySeparatorChar, '/'))
        .OrderBy(name => name, StringComparer.Ordinal)];

    private Task ExtractForWindowsAsync(params (TarEntryType Type, string Name, string Link)[] entries) =>
        new ArchiveExtractor(
            new CopyPlacement(Inside, ".", "."), new CopyProgress("test", "Copying", null, this), this) { Windows = true }
            .ExtractAsync(new TarReader(new MemoryStream(Archive(entries))), CancellationToken.None);

    private Task ExtractAsync(CopyPlacement placement, params (TarEntryType Type, string Name, string Link)[] entries) =>
        ExtractAsync(placement, Archive(entries));

    private Task ExtractAsync(CopyPlacement placement, byte[] archive) =>
        new ArchiveExtractor(placement, new CopyProgress("test", "Copying", null, this), this)
            .ExtractAsync(new TarReader(new MemoryStream(archive)), CancellationToken.None);

    private static byte[] Archive((TarEntryType Type, string Name, string Link)[] entries)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (type, name, link) in entries)
            {
                var entry = new PaxTarEntry(type, name)
                {
                    Mode = (UnixFileMode)(type == TarEntryType.Directory ? 0x1ED : 0x9A0),
                    ModificationTime = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero),
                };
                if (type == TarEntryType.RegularFile)
                    entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(link));
                else if (link.Length > 0)
                    entry.LinkName = link;
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    void IEventSink.Emit(ComposeEvent composeEvent)
    {
        if (composeEvent is ErrorEvent error)
            _refused.Add(error.Error);
    }

    ValueTask IEventSink.EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken) => default;

    public void Dispose() => _root.Delete(true);
}
