using System.Text.RegularExpressions;

namespace Compose.Tests.Conventions;

/// <summary>What Docker.DotNet can do goes through it: each request of our own stands in docs/architecture.md with its reason.</summary>
public class OwnRequestTests
{
    private static readonly Regex Whole = new("new Query\\(\\$?\"(?<path>/[^\"?]*)\"", RegexOptions.CultureInvariant);
    private static readonly Regex OfContainer = new("\\bPath\\(id, \"(?<path>/[a-z]+)\"\\)", RegexOptions.CultureInvariant);
    private static readonly Regex Placeholder = new("\\{[^{}]*\\}", RegexOptions.CultureInvariant);

    [Fact]
    public void The_table_of_own_requests_is_what_the_code_sends()
    {
        var sent = SourceTree.Files("src").Select(File.ReadAllText).SelectMany(text =>
            Whole.Matches(text).Cast<Match>().Select(match => Placeholder.Replace(match.Groups["path"].Value, "{id}"))
                .Concat(OfContainer.Matches(text).Cast<Match>().Select(match => "/containers/{id}" + match.Groups["path"].Value)));

        Assert.Equal(Documented().OrderBy(path => path, StringComparer.Ordinal), sent.Distinct().Where(path => path != "/containers/").OrderBy(path => path, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Documented() =>
        File.ReadLines(Path.Combine(SourceTree.Root, "docs", "architecture.md"))
            .SkipWhile(line => line != "## Docker.DotNet").SkipWhile(line => !line.StartsWith("| own request", StringComparison.Ordinal))
            .Skip(2).TakeWhile(line => line.StartsWith("|", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line.Split('|')[1], "`(?<path>[^`]+)`").Cast<Match>().Select(match => match.Groups["path"].Value));
}
