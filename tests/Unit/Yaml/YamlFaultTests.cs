using Compose.Yaml;

namespace Compose.Tests.Yaml;

/// <summary>A syntax error says where it is, what is wrong and what to do, in plain words.</summary>
public class YamlFaultTests
{
    [Theory]
    [InlineData("name: case\nservices:\n  a:\n\timage: x\n", 4, 1, "indented with a tab", "Indent with spaces.")]
    [InlineData("services:\n\ta:\n\t\timage: x\n", 2, 1, "indented with a tab", "Indent with spaces.")]
    [InlineData("services:\n  a:\n  \timage: x\n", 3, 3, "indented with a tab", "Indent with spaces.")]
    [InlineData("services:\n  a:\n    command:\n\t- x\n", 4, 1, "indented with a tab", "Indent with spaces.")]
    [InlineData("a:\n  image: b: c\n", 2, 11, "cannot contain ': '", "quotes")]
    [InlineData("a:\n  image: b\n    command: c\n", 3, 12, "goes on with the value above", "Indent")]
    [InlineData("a:\n  image: @b\n", 2, 10, "cannot begin with '@'", "quotes")]
    [InlineData("a:\n  image: `b\n", 2, 10, "cannot begin with '`'", "quotes")]
    [InlineData("a:\n    image: b\n   command: c\n", 3, 4, "does not fit the mapping", "Indent")]
    [InlineData("a:\n  - b\n  c\n", 3, 3, "does not fit the list", "'- '")]
    [InlineData("a:\n  image: b\n  command\n  user: c\n", 3, 3, "neither ':'", "'key: value'")]
    [InlineData("a: [b, c\nd: e\n", 1, 6, "']', '}' or ','", "']'")]
    [InlineData("a: {b: 1, c: 2\nd: e\n", 1, 12, "']', '}' or ','", "'}'")]
    [InlineData("a: [b c\n  d\n", 3, 1, "']'", "']'")]
    [InlineData("a: \"b\n", 1, 4, "closing quote", "Add it")]
    [InlineData("a:\n  image: \"b\n  command: c\n", 2, 10, "closing quote", "quote")]
    [InlineData("a: \"b\\q\"\n", 1, 4, "escape", "two backslashes")]
    [InlineData("  a: 1\nb: 2\n", 2, 1, "not part of the mapping", "Indent")]
    [InlineData("a: | b\n  c\n", 1, 4, "same line", "next line")]
    public void A_syntax_error_has_its_place_its_cause_and_advice(
        string text, int line, int column, string message, string advice)
    {
        var problem = Assert.Single(YamlReader.Read(text, "compose.yaml", 0).Problems);

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(advice, problem.Advice, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.True(problem.EndColumn > problem.Column);
    }
}
