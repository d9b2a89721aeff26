using Compose.Files.Interpolation;

namespace Compose.Tests.Files;

/// <summary>The grammar of .env and env_file.</summary>
public class DotEnvFileTests
{
    [Theory]
    [InlineData("K=v", "v")]
    [InlineData("export K=v", "v")]
    [InlineData("K: v", "v")]
    [InlineData("K = v ", "v")]
    [InlineData("  K=v", "v")]
    [InlineData("K=", "")]
    [InlineData("K", null)]
    [InlineData("K=v # comment", "v")]
    [InlineData("K=x#y", "x#y")]
    [InlineData("K='li$t \\n'", "li$t \\n")]
    [InlineData("K='it\\'s'", "it's")]
    [InlineData("K=\"a\\nb\\t\\\"\\\\\"", "a\nb\t\"\\")]
    [InlineData("K=\"two\nlines\"", "two\nlines")]
    [InlineData("K=a\\nb", "a\\nb")]
    [InlineData("K=\"$OUT and ${OUT:-x}\"", "out and out")]
    [InlineData("K=\"\\$OUT\"", "$OUT")]
    [InlineData("K=${NONE:-d}", "d")]
    [InlineData("A=first\nK=$A", "first")]
    [InlineData("# comment\n\nK=v\r\n", "v")]
    [InlineData("\uFEFFK=v", "v")]
    [InlineData("K=\"v\" # after", "v")]
    public void A_value_is_read(string text, string? expected)
    {
        var problems = new List<DotEnvFile.Problem>();

        var entries = DotEnvFile.Parse(text, name => name == "OUT" ? "out" : null, problems);

        Assert.Empty(problems);
        Assert.Equal(expected, entries.Single(entry => entry.Key == "K").Value);
    }

    [Theory]
    [InlineData("A=1\n=x", 2, 1)]
    [InlineData("A=1\n\nB='open", 3, 3)]
    [InlineData("two words=1", 1, 5)]
    public void A_bad_line_is_told_with_its_place(string text, int line, int column)
    {
        var problems = new List<DotEnvFile.Problem>();

        DotEnvFile.Parse(text, _ => null, problems);

        Assert.Equal((line, column), (problems.Single().Line, problems.Single().Column));
    }

    [Fact]
    public void The_raw_format_expands_and_unquotes_nothing()
    {
        var entries = DotEnvFile.ParseRaw("K=\"$X # all\"\n# no\nBARE\n", []);

        Assert.Equal([("K", "\"$X # all\""), ("BARE", null)], entries.Select(entry => (entry.Key, entry.Value)));
    }
}
