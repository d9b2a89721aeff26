using Compose.Files;
using Compose.Files.Reading;
using Compose.Model.Loading;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>How every kind of path in a file is resolved.</summary>
public class PathTests
{
    [Theory]
    [InlineData("./a", "/project/a")]
    [InlineData("../a/", "/a")]
    [InlineData("a/./b//c", "/project/a/b/c")]
    [InlineData("/etc/x", "/etc/x")]
    [InlineData("~", "/home/me")]
    [InlineData("~/x", "/home/me/x")]
    [InlineData("C:\\data", "C:\\data")]
    [InlineData("c:/data", "c:/data")]
    [InlineData("\\\\server\\share", "\\\\server\\share")]
    public void A_path_is_made_absolute(string path, string expected)
    {
        var written = path.StartsWith('/') || path.Contains('\\') || path.Contains(':');
        Assert.Equal(
            written ? expected : Path.GetFullPath(Native(expected)),
            new PathResolver(Native("/project"), Native("/home/me")).Resolve(path));
    }

    private static string Native(string path) => path.Replace('/', Path.DirectorySeparatorChar);

    [Theory]
    [InlineData("C:\\Users\\me", "/c/Users/me")]
    [InlineData("d:/x", "/d/x")]
    [InlineData("/etc", "/etc")]
    public void Drives_become_directories_where_that_is_asked_for(string path, string expected) =>
        Assert.Equal(expected, new PathResolver("/project", null, convertsDrives: true).ResolveMount(path));

    [Theory]
    [InlineData(true, true, "ProjectInSystemDirectory")]
    [InlineData(true, false, "ComposeFileNotFound")]
    [InlineData(false, true, "ComposeFileNotFound")]
    public void A_search_that_began_in_system32_is_told_so(bool windows, bool inSystem, string id)
    {
        var root = Directory.CreateTempSubdirectory("windir");
        var start = Directory.CreateDirectory(Path.Combine(root.FullName, "System32")).FullName;
        var request = new LoadRequest
        {
            WorkingDirectory = start, Windows = windows, Environment = new Dictionary<string, string>
            {
                ["SystemRoot"] = inSystem ? root.FullName : "/elsewhere",
            },
        };

        var missing = ProjectLoader.Load(request);
        File.WriteAllText(Path.Combine(start, "compose.yaml"), "services: { a: { image: a } }");
        var found = ProjectLoader.Load(request);
        root.Delete(true);

        Assert.Equal(id, Assert.Single(missing.Diagnostics).Id);
        Assert.Equal(
            windows && inSystem,
            found.Diagnostics.Any(diagnostic =>
                diagnostic is { Id: "ProjectInSystemDirectory", Severity: DiagnosticSeverity.Warning, Advice: not null }));
        Assert.NotNull(found.Project);
    }

    [Theory]
    [InlineData("C:\\data:/data", "C:\\data", "/data", false)]
    [InlineData("C:\\data:D:\\data:ro", "C:\\data", "D:\\data", true)]
    [InlineData("c:/data:/data:ro", "c:/data", "/data", true)]
    public void A_mount_of_a_drive_is_parted_at_the_right_colon(string mount, string source, string target, bool readOnly)
    {
        var read = LoadedFiles.Load(
            [$"services:\n  web:\n    image: a\n    volumes: ['{mount}']\n"], new Dictionary<string, string>(),
            request => request with { Windows = true }).Project!.Services["web"].Volumes[0];

        Assert.Equal((source, target, readOnly), (read.Source, read.Target, read.ReadOnly));
    }

    [Theory]
    [InlineData("https://example.com/x.git#main")]
    [InlineData("git@example.com:x/y")]
    [InlineData("service:base")]
    public void A_context_elsewhere_stays_as_it_is(string context) =>
        Assert.Equal(context, new PathResolver("/project", null).ResolveContext(context));

#if NET
    [Fact]
    public void What_is_watched_is_told_of_by_its_real_name()
    {
        var folder = Directory.CreateTempSubdirectory("links");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "real", "sub"));
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "link"), "real");

        Assert.Equal(
            Path.Combine(folder.FullName, "real", "sub", "none"),
            SymbolicLinks.Resolve(Path.Combine(folder.FullName, "link", "sub", "none")));
        folder.Delete(true);
    }
#endif

    [Fact]
    public void Standard_input_is_a_file_of_the_project()
    {
        var project = LoadedFiles.Load(["services: {web: {image: a}}"], new Dictionary<string, string>(), request => request with
        {
            Paths = [.. request.Paths, "-"],
            StandardInput = () => new MemoryStream("services: {web: {hostname: piped}}"u8.ToArray()),
        }).Project!;

        Assert.Equal("piped", project.Services["web"].Hostname);
    }
}
