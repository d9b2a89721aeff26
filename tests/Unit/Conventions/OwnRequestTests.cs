using System.Text.RegularExpressions;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Engine.Transport;

namespace Compose.Tests.Conventions;

/// <summary>
/// Docker.DotNet makes every request that it can. The table of docs/architecture.md lists each request of our own, with its
/// file in Engine/Own and the reason.
/// </summary>
public class OwnRequestTests
{
    private const string Folder = "src/Core/Engine/Own";
    private static readonly Regex Path = new("new Query\\(\\$?\"(?<path>/[^\"?]*)\"", RegexOptions.CultureInvariant);
    private static readonly Regex Placeholder = new("\\{[^{}]*\\}", RegexOptions.CultureInvariant);
    private static readonly Regex Quoted = new("`(?<text>[^`]+)`", RegexOptions.CultureInvariant);

    private static readonly string OwnNamespace = typeof(PingCall).Namespace!;

    public static TheoryData<string, string[], string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string[], string>();
            foreach (var cells in Table())
                rows.Add(Texts(cells[2]).Single(), [.. Texts(cells[1]).Select(WithoutNames)], cells[3].Trim());
            return rows;
        }
    }

    [Fact]
    public void Every_own_request_has_a_row_and_every_row_a_file() =>
        Assert.Equal(
            SourceTree.Files(Folder).Select(System.IO.Path.GetFileName).OrderBy(file => file, StringComparer.Ordinal),
            Rows.Select(row => (string)row[0]).OrderBy(file => file, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_file_sends_the_requests_of_its_row_and_says_why_the_library_cannot(
        string file, string[] requests, string reason)
    {
        var code = SourceTree.Read($"{Folder}/{file}");
        var sent = Path.Matches(code).Cast<Match>().Select(match => WithoutNames(match.Groups["path"].Value)).Distinct();
        var summary = WithoutNames(code.Substring(0, code.IndexOf("\ninternal ", StringComparison.Ordinal)));

        Assert.Equal(requests.OrderBy(path => path, StringComparer.Ordinal), sent.OrderBy(path => path, StringComparer.Ordinal));
        Assert.All(requests, request => Assert.Contains(request, summary, StringComparison.Ordinal));
        Assert.Contains("Docker.DotNet ", summary, StringComparison.Ordinal);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void No_other_folder_sends_a_request_of_its_own()
    {
        var senders = new[]
        {
            typeof(EngineRequests).FullName, typeof(LibraryHandler).FullName, typeof(EngineTransport).FullName,
        };
        var offences =
            from method in ProductAssembly.Methods(ProductAssembly.Core)
            let caller = ProductAssembly.Outermost(method.DeclaringType)
            from call in ProductAssembly.Calls(method)
            let called = call.DeclaringType.FullName
            where (called == typeof(Query).FullName && call.Name == ".ctor" && caller.Namespace != OwnNamespace)
                || (called == typeof(EngineTransport).FullName && SendsRequest(call.Name) && !senders.Contains(caller.FullName))
            select $"{caller.FullName}.{method.Name}";

        Assert.Empty(offences);
    }

    private static bool SendsRequest(string method) => method
        is nameof(EngineTransport.SendAsync) or nameof(EngineTransport.GetLongAsync) or nameof(EngineTransport.UpgradeAsync);

    /// <summary>The cells of each row; the first is the empty text before the row's first bar.</summary>
    private static IEnumerable<string[]> Table() =>
        SourceTree.Read("docs/architecture.md").Split('\n').Select(line => line.TrimEnd('\r'))
            .SkipWhile(line => !line.StartsWith("| own request", StringComparison.Ordinal))
            .Skip(2).TakeWhile(line => line.StartsWith("|", StringComparison.Ordinal))
            .Select(line => line.Split('|'));

    private static IEnumerable<string> Texts(string cell) =>
        Quoted.Matches(cell).Cast<Match>().Select(match => match.Groups["text"].Value);

    private static string WithoutNames(string text) => Placeholder.Replace(text, "{}");
}
