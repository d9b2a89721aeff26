using Compose.Yaml;

namespace Compose.Tests.Yaml;

/// <summary>The types of plain scalars, and how they are written in labels and variables.</summary>
public class YamlScalarsTests
{
    [Theory]
    [InlineData("0440", "288")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0b11", "3")]
    [InlineData("1_000", "1000")]
    [InlineData("-7", "-7")]
    [InlineData("1.0", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1e6", "1e+06")]
    [InlineData("1234567.0", "1.234567e+06")]
    [InlineData("123456789.5", "1.234567895e+08")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("yes", "yes")]
    [InlineData("True", "true")]
    [InlineData("22:22", "22:22")]
    [InlineData("~", "")]
    [InlineData("NULL", "")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("-", "-")]
    [InlineData("08", "8")]
    public void A_scalar_is_spelled_as_go_does(string text, string spelled) =>
        Assert.Equal(spelled, YamlScalars.Format(YamlScalars.Resolve(text)));

    [Fact]
    public void Explicit_keys_win_over_merged_ones_and_earlier_merges_over_later()
    {
        var read = YamlReader.Read("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 0\n", "f", 0);

        var merged = (YamlMapping)((YamlMapping)read.Documents[0])["c"]!;
        Assert.Empty(read.Problems);
        Assert.Equal(["x=0", "y=1", "z=2"], merged.Entries.Select(entry => $"{entry.Name}={entry.Value}"));
        Assert.Equal((1, 17), (merged["y"]!.Line, merged["y"]!.Column));
    }

    [Fact]
    public void Every_node_knows_its_place()
    {
        var read = YamlReader.Read("one:\n  two: [a, \"b c\"]\n", "file", 3);

        var list = (YamlSequence)((YamlMapping)((YamlMapping)read.Documents[0])["one"]!)["two"]!;
        Assert.Equal(
            ("file", 2, 12, 17, 3),
            (list.Items[1].File, list.Items[1].Line, list.Items[1].Column, list.Items[1].EndColumn, list.Items[1].Layer));
    }
}
