using System.Text;
using Compose.Tests.Support;
using Xunit.Abstractions;

namespace Compose.Tests.Execute.Differences;

/// <summary>This product and docker compose create the same from the same files: inspect is equal, field by field.</summary>
public class InspectDifferenceTests(ITestOutputHelper output)
{
    /// <summary>Whether to run every case instead of a sample.</summary>
    private static readonly bool Full = Environment.GetEnvironmentVariable("COMPOSE_TEST_FULL") == "1";

    /// <summary>
    /// Cases that both tools refuse on an engine without the feature; <c>missing-bind</c> is about the refusal itself.
    /// </summary>
    private static readonly string[] MayBeRefused = ["drivers", "missing-bind", "newer", "realtime", "storage", "windows"];

    [PeerFact]
    public async Task Every_engine_attribute_arrives_as_docker_compose_sends_it()
    {
        var refused = await CompareAsync(
            Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Golden", "Inspect"), "*.yaml")
                .Order(StringComparer.Ordinal)
            .Select(file =>
                new DifferenceCase(
                    Path.GetFileNameWithoutExtension(file), Path.GetDirectoryName(file)!, [file],
                    new Dictionary<string, string> { ["SECRET_WORD"] = "word" })));
        Assert.Empty(refused.Except(MayBeRefused));
    }

    [PeerFact(overSharedData: true)]
    public async Task The_corpus_is_created_alike()
    {
        var directory = Directory.CreateTempSubdirectory("attributes");
        try
        {
            var cases = CorpusCases.Read(directory.FullName).ToList();
            await CompareAsync(Full ? cases : cases.Where((_, index) => index % 8 == 0));
        }
        finally
        {
            directory.Delete(true);
        }
    }

    private async Task<IReadOnlyCollection<string>> CompareAsync(IEnumerable<DifferenceCase> cases)
    {
        using var turn = await EngineLock.AcquireAsync();
        using var tools = await TwoTools.ConnectAsync();
        var report = new StringBuilder();
        var count = 0;
        foreach (var given in cases)
        {
            count++;
            foreach (var difference in (await tools.CompareAsync(given)).Where(difference =>
                !AcceptedDifferences.Accepts(difference)))
                report.Append(given.Name).Append(": ").Append(difference).Append('\n');
        }

        output.WriteLine($"{count} projects, {tools.Refused.Count} of them refused by both");
        foreach (var (name, words) in tools.Refused)
            output.WriteLine($"{name}\n{words}");
        Assert.True(count > 0);
        Assert.True(report.Length == 0, "\n" + report);
        return tools.Refused.Keys;
    }
}
