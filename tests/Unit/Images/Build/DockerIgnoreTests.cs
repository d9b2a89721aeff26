using Compose.Images.Build;

namespace Compose.Tests.Images.Build;

/// <summary>The patterns of .dockerignore.</summary>
public class DockerIgnoreTests
{
    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "dir/a.log", false)]
    [InlineData("**/*.log", "dir/deep/a.log", true)]
    [InlineData("**/*.log", "a.log", true)]
    [InlineData("/notes", "notes/a.txt", true)]
    [InlineData("notes/", "notes", true)]
    [InlineData("notes", "other/notes", false)]
    [InlineData("*/temp*", "somedir/temporary.txt", true)]
    [InlineData("*/temp*", "a/b/temp", false)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("a**z", "a/b/c/z", true)]
    [InlineData("[ab].txt", "a.txt", true)]
    [InlineData("[ab].txt", "c.txt", false)]
    [InlineData("# comment\nx", "x", true)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("*.md\n!README.md\nREADME*", "README.md", true)]
    [InlineData("docs\n!docs/keep", "docs/keep/x", false)]
    [InlineData("docs\n!docs/keep", "docs/other", true)]
    [InlineData("\uFEFFx", "x", true)]
    [InlineData("x\r\ny\r\n", "y", true)]
    [InlineData(".", "anything", false)]
    [InlineData("./a//b/", "a/b/c", true)]
    [InlineData("a/../b", "b", true)]
    [InlineData("../x", "x", false)]
    [InlineData("a/../../x", "x", false)]
    [InlineData("/../x", "x", true)]
    [InlineData("**", "a/b", true)]
    [InlineData("**/b", "a/b/c", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("*\n!src/**", "src/deep/x", false)]
    [InlineData("*\n!src/**", "other", true)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    public void The_last_pattern_that_matches_decides(string patterns, string path, bool ignored) =>
        Assert.Equal(ignored, new DockerIgnore(patterns).Ignores(path));

    [Theory]
    [InlineData("a[", "a[")]
    [InlineData("fine\n\n[]a]", "[]a]", 3)]
    [InlineData("[a-]", "[a-]")]
    [InlineData("[-a]", "[-a]")]
    [InlineData("[z-a]", "[z-a]")]
    [InlineData("[^]", "[^]")]
    [InlineData("a\\", "a\\")]
    [InlineData("!", "!")]
    [InlineData("!secret[", "!secret[")]
    [InlineData("[a-c]x\\[[^a]?**", null)]
    [InlineData("# [\n[\\]a]", null)]
    [InlineData("]a-z]", null)]
    public void A_line_that_is_no_pattern_is_told(string patterns, string? malformed, int line = 1) =>
        Assert.Equal(malformed is null ? null : (line, malformed), new DockerIgnore(patterns).Malformed);
}
