using Compose.Errors;
using Compose.Execute.Copy;
using Compose.State;

namespace Compose.Tests.Execute.Copy;

/// <summary>The name rules of docker cp, and which containers a copy uses.</summary>
public class CopyRulesTests
{
    [Theory]
    [InlineData("web:/etc/hosts", false, "web", "/etc/hosts")]
    [InlineData("web:etc", false, "web", "etc")]
    [InlineData(":/etc", false, "", "/etc")]
    [InlineData("./web:/etc", false, null, "./web:/etc")]
    [InlineData("../a:b", false, null, "../a:b")]
    [InlineData("/a:b", false, null, "/a:b")]
    [InlineData("~/a:b", false, null, "~/a:b")]
    [InlineData("file", false, null, "file")]
    [InlineData("C:\\file", true, null, "C:\\file")]
    [InlineData("c:/file", true, null, "c:/file")]
    [InlineData("\\\\server\\share:x", true, null, "\\\\server\\share:x")]
    [InlineData("web:C:\\file", true, "web", "C:\\file")]
    [InlineData("c:/file", false, "c", "/file")]
    public void A_side_is_in_a_service_or_on_this_machine(string text, bool windows, string? service, string path) =>
        Assert.Equal(new CopyEnd(service, path), CopyEnd.Parse(text, windows));

    [Theory]
    [InlineData("w:/t/x", "./y", true, "Copy-ComposeItem :/t/x ./y")]
    [InlineData("./y", "W:/t/x", true, "Copy-ComposeItem ./y :/t/x")]
    [InlineData("w:/t/x", "./y", false, null)]
    [InlineData("w:\\t\\x", "./y", true, null)]
    [InlineData("./a", "./y", true, null)]
    public void A_service_of_one_letter_that_was_read_as_a_drive_is_told_how_to_be_named(
        string source, string destination, bool windows, string? command)
    {
        var advice = CopyEnd.DriveAdvice(windows, source, destination);

        Assert.Equal(command is null, advice is null);
        Assert.True(
            command is null
                || (
                    advice!.Contains("was read as a path on drive", StringComparison.Ordinal)
                        && advice!.EndsWith(command, StringComparison.Ordinal)),
            advice);
    }

    [Theory]
    [InlineData("etc/hosts", "/etc/hosts")]
    [InlineData("/etc//./x/../hosts", "/etc/hosts")]
    [InlineData("/../..", "/.")]
    [InlineData("/etc/", "/etc/")]
    [InlineData("/etc/.", "/etc/.")]
    [InlineData("/", "/")]
    [InlineData("/.", "/.")]
    public void Paths_in_a_container_are_cleaned_and_keep_what_their_end_says(string path, string clean) =>
        Assert.Equal(clean, ContainerPaths.Clean(path));

    [Theory]
    [InlineData("/etc/hosts", "/etc", "hosts")]
    [InlineData("/hosts", "/", "hosts")]
    [InlineData("/etc/", "/", "etc")]
    [InlineData("/etc/.", "/etc", ".")]
    [InlineData("/", "/", "/")]
    public void A_path_splits_into_directory_and_name(string path, string directory, string name) =>
        Assert.Equal((directory, name), ContainerPaths.Split(path));

    [Theory]
    [InlineData("/a/link", "target", "/a/target")]
    [InlineData("/a/link", "../target", "/target")]
    [InlineData("/a/link", "/target", "/target")]
    public void A_link_is_followed_from_where_it_stands(string path, string target, string leadsTo) =>
        Assert.Equal(leadsTo, ContainerPaths.Follow(path, target));

    [Theory]
    // Columns: the source is a directory, the target exists, the target is a directory, the target must be a directory (it ends
    // with a slash); then the directory to unpack in and the name there, or an error.
    [InlineData("f", false, true, true, false, "/to/x", "f")]
    [InlineData("d", true, true, true, false, "/to/x", "d")]
    [InlineData(".", true, true, true, true, "/to/x", ".")]
    [InlineData("f", false, true, false, false, "/to", "x")]
    [InlineData("f", false, false, false, false, "/to", "x")]
    [InlineData("d", true, false, false, false, "/to", "x")]
    [InlineData("d", true, false, false, true, "/to", "x")]
    [InlineData(".", true, false, false, false, "/to", "x")]
    [InlineData("d", true, true, false, false, null, "CopyDirectoryOverFile")]
    [InlineData("f", false, false, false, true, null, "CopyDestinationNotFound")]
    [InlineData("f", false, true, false, true, null, "CopyNotADirectory")]
    public void Where_a_copy_lands(
        string name, bool isDirectory, bool exists, bool toDirectory, bool asserts, string? directory, string result)
    {
        var source = new CopySource(name, name, name, isDirectory);
        var target = new CopyTarget
        {
            Path = "/to/x",
            Full = "/to/x",
            Directory = "/to",
            Name = "x",
            Exists = exists,
            IsDirectory = toDirectory,
            AssertsDirectory = asserts,
        };

        if (directory is null)
            Assert.Equal(result, Assert.Throws<ComposeException>(() => CopyPlacement.Of(source, target)).Info.Id);
        else
            Assert.Equal(new CopyPlacement(directory, name, result), CopyPlacement.Of(source, target));
    }

    [Theory]
    [InlineData("d", "x", "d", "x")]
    [InlineData("d", "x", "d/", "x")]
    [InlineData("d", "x", "./d/f", "x/f")]
    [InlineData("d", "x", "d/d/f", "x/d/f")]
    [InlineData(".", "x", "./f", "x/f")]
    [InlineData(".", "x", "f", "x/f")]
    [InlineData(".", ".", "./f", "f")]
    [InlineData("/", "x", "etc/f", "x/etc/f")]
    [InlineData("/", "/", "etc/f", "etc/f")]
    [InlineData("d", "d", "d/f", "d/f")]
    [InlineData("d", "x", "other/d", null)]
    [InlineData("d", "d", ".bashrc", null)]
    [InlineData("d", "x", "x", null)]
    [InlineData("d", "d", "d.old/f", null)]
    [InlineData("d", "d", ".", null)]
    public void The_first_name_of_an_entry_changes_alone_and_what_is_beside_it_has_no_place(
        string from, string to, string name, string? place)
    {
        var placed = new CopyPlacement("/", from, to).Place(ArchiveNames.Parts(name));

        Assert.Equal(place, placed is null ? null : string.Join("/", placed));
    }

    [Theory]
    [InlineData(true, false, null, null, "web-1,web-2")]
    [InlineData(true, true, null, null, "web-1,web-2,web-run")]
    [InlineData(true, false, 2, null, "web-2")]
    [InlineData(true, true, 2, null, "web-2")]
    [InlineData(false, false, null, null, "web-1")]
    [InlineData(false, true, null, null, "web-1")]
    [InlineData(true, false, null, "web-run", "web-run")]
    public void The_containers_meant(bool into, bool all, int? index, string? container, string expected)
    {
        var request = new CopyRequest
        {
            ProjectName = "p",
            Service = "web",
            IntoContainers = into,
            All = all,
            Index = index,
            Container = container,
        };

        Assert.Equal(
            expected,
            string.Join(
                ",", request.Choose([One("web-run", 1, oneOff: true), One("web-2", 2), One("web-1", 1), One("db-1", 1, "db")])));
    }

    [Fact]
    public void One_offs_alone_will_do_where_all_are_asked_for()
    {
        var request = new CopyRequest { ProjectName = "p", Service = "web", All = true };

        Assert.Equal("web-run", Assert.Single(request.Choose([One("web-run", 1, oneOff: true)])).Container);
        Assert.Equal(
            "ServiceNotFound",
            Assert.Throws<ComposeException>(() =>
                (request with { All = false }).Choose([One("web-run", 1, oneOff: true)])).Info.Id);
    }

    private static ComposeContainer One(string name, int number, string service = "web", bool oneOff = false) =>
        new()
        {
            EngineHost = "e",
            ProjectName = "p",
            Service = service,
            Container = name,
            Replica = number,
            Id = name,
            OneOff = oneOff,
        };
}
