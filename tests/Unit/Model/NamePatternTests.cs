using Compose.Model.Naming;

namespace Compose.Tests.Model;

/// <summary>The names that a wildcard pattern matches.</summary>
public class NamePatternTests
{
    private static readonly string[] Names = ["web", "Web", "web1", "web-2", "a.b", "api"];

    [Theory]
    [InlineData("web", "web")]
    [InlineData("Web", "Web")]
    [InlineData("WEB", "web Web")]
    [InlineData("API", "api")]
    [InlineData("nope", "")]
    [InlineData("", "")]
    [InlineData("*", "web Web web1 web-2 a.b api")]
    [InlineData("w?b", "web Web")]
    [InlineData("WEB*", "web Web web1 web-2")]
    [InlineData("web[0-9]", "web1")]
    [InlineData("[x-z]*", "")]
    [InlineData("a.b", "a.b")]
    [InlineData("a?b", "a.b")]
    [InlineData("a*b", "a.b")]
    [InlineData("[", "")]
    [InlineData("web[", "")]
    [InlineData("web[]", "")]
    [InlineData("[^a]pi", "api")]
    [InlineData("[z-a]*", "a.b api")]
    [InlineData("web[-_]2", "web-2")]
    public void A_name_as_it_is_written_goes_before_one_in_another_case(string text, string expected) =>
        Assert.Equal(expected, string.Join(" ", NamePattern.Matches(text, Names)));
}
