using System.Text.RegularExpressions;

namespace Compose.Tests.Conventions;

/// <summary>Pages for maintainers name only existing files, folders and switches.</summary>
public class PageTests
{
    private static readonly string[] Pages =
        ["CONTRIBUTING.md", "SECURITY.md", "README.md", "docs/architecture.md", "docs/differences.md"];

    /// <summary>A path in backticks, or the target of a link to a file.</summary>
    private static readonly Regex NamedPath = new(@"`(?<path>(src|tests|docs|tools|samples|\.ci|\.github)/[\w./-]*\w)`");
    private static readonly Regex Link = new(@"\]\((?<path>[^)#:]+)\)");

    /// <summary>A variable that only tests, CI and tools read; the help documents those of the product.</summary>
    private static readonly Regex Switch = new(
        @"\b(COMPOSE_(TEST_[A-Z_]+[A-Z]|FUZZ_[A-Z]+|WINDOWS_[A-Z]+|PEER(_OLD)?|SHARED|CI_CACHE|ENGINE_SOCKET)|UPDATE_GOLDENS)\b");

    [Fact]
    public void A_path_that_a_page_names_exists()
    {
        var missing =
            from page in Pages
            let text = SourceTree.Read(page)
            let folder = Path.GetDirectoryName(page)!
            let named = NamedPath.Matches(text).Cast<Match>().Select(match => match.Groups["path"].Value)
            let linked = Link.Matches(text).Cast<Match>().Select(match => match.Groups["path"].Value)
            from path in named.Concat(linked.Select(link => Path.Combine(folder, link)))
            where !SourceTree.Exists(path)
            select $"{page}: {path}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_switch_of_the_tests_is_in_CONTRIBUTING_and_is_read_somewhere()
    {
        string[] patterns = ["*.cs", "*.ps1", "*.psm1", "*.sh"];
        var sources =
            from folder in new[] { "tests", "tools" }
            from pattern in patterns
            from file in SourceTree.Files(folder, pattern)
            where Path.GetFileName(file) != "PageTests.cs"
            select file;
        var scripts = SourceTree.Files(".ci", "*").Append(Path.Combine(SourceTree.Root, "build.ps1"));

        var read = sources.Concat(scripts).SelectMany(file => Names(File.ReadAllText(file)));

        Assert.Equal(Sorted(read), Sorted(Names(SourceTree.Read("CONTRIBUTING.md"))));
    }

    private static IEnumerable<string> Names(string text) => Switch.Matches(text).Cast<Match>().Select(match => match.Value);

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Distinct().Order(StringComparer.Ordinal);
}
