using Compose.Files.Schema;

namespace Compose.Tests.Conventions;

/// <summary>docs/support.md is what the schema generates.</summary>
public class SupportTests
{
    [Fact]
    public void The_page_is_fresh() =>
        Assert.Equal(SupportTable.Write(), File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "support.md")));
}
