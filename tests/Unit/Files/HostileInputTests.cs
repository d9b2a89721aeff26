using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compose.Files;
using Compose.Model.Config;
using Compose.Model.Loading;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>Malicious input ends in a diagnostic, soon.</summary>
public class HostileInputTests
{
    /// <summary>
    /// Work that grows with the square of a file's size takes minutes. The slowest text here takes four seconds on a busy
    /// machine.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Texts => new()
    {
        { "deep flow", new string('[', 10_000) },
        { "deep block", Lines(0, 3_000, depth => new string(' ', depth) + "a:\n") },
        { "alias bomb", Lines(0, 10, level =>
            $"x-{level}: &a{level} [{string.Join(',', Enumerable.Repeat(level == 0 ? "v" : $"*a{level - 1}", 10))}]\n") },
        { "cyclic anchor", "services: &a\n  web: *a\n" },
        { "undefined alias", "services: *nobody\n" },
        { "NUL", "services:\n  web:\0\n" },
        { "tabs", "services:\n\tweb:\n\t\timage: x\n" },
        { "duplicate key", "services:\n  web: {image: a}\n  web: {image: b}\n" },
        { "number as key", "services:\n  1: {image: a}\n" },
        { "a list", "- a\n- b\n" },
        { "two merge keys", "services:\n  web:\n    <<: 5\n    image: a\n" },
        { "infinity", "services:\n  web: {image: a, cpus: .inf}\n" },
        { "defaults in defaults",
            "services:\n  web: {image: '" + Lines(0, 5_000, _ => "${A:-") + new string('}', 5_000) + "'}\n" },
        { "every port many times", "services:\n  web:\n    image: a\n    ports:\n"
            + Lines(1, 200, address => $"      - 127.0.0.{address}:1-65535:1-65535\n") },
        { "every port of many services", "services:\n"
            + Lines(1, 300, number => $"  s{number}: {{image: a, ports: [\"1-65535:1-65535\"]}}\n") },
        { "a long circle", "services:\n"
            + Lines(0, 20_000, number => $"  s{number}: {{image: a, depends_on: [s{(number + 1) % 20_000}]}}\n") },
        { "a long chain of extends", "services:\n"
            + Lines(0, 5_000, number => $"  s{number}: {{image: a, extends: s{number + 1}}}\n") + "  s5000: {image: a}\n" },
        { "aliases of aliases", "x-0: &a0 [v]\n" + Lines(1, 20_000, number => $"x-{number}: &a{number} [*a{number - 1}]\n") },
        { "a directive", "%YAML 9.9\n---\nservices: {}\n%" },
    };

    private static string Lines(int first, int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(first, count).Select(line));

    [Theory]
    [MemberData(nameof(Texts))]
    public void It_ends_in_a_diagnostic_with_its_place(string name, string text)
    {
        var watch = Stopwatch.StartNew();

        var result = LoadedFiles.Load(text);

        Assert.True(result.Project is null, name);
        var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(error.Line > 0, error.ToString());
        Assert.True(watch.Elapsed < Limit, $"{name} took {watch.Elapsed}");
    }

    [Fact]
    public void A_file_of_100_MB_is_refused_before_it_is_read_whole()
    {
        var before = GC.GetTotalAllocatedBytes();
        var text = new string('#', 100 * 1024 * 1024);
        var written = GC.GetTotalAllocatedBytes() - before;

        var result = LoadedFiles.Load(text);

        Assert.Equal("ComposeFileUnreadable", Assert.Single(result.Diagnostics).Id);
        Assert.True(GC.GetTotalAllocatedBytes() - before - written < 200L * 1024 * 1024);
    }

    /// <summary>Attributes whose work would never end if it grew with the square of the size.</summary>
    [Theory]
    [InlineData("environment", "[{0}]", "K{0}=v")]
    [InlineData("cap_add", "[{0}]", "C{0}")]
    [InlineData("labels", "{{{0}}}", "k{0}: v")]
    [InlineData("expose", "[{0}]", "'{0}'")]
    [InlineData("volumes", "[{0}]", "/a:/b{0}")]
    public void A_long_list_is_read_in_time(string attribute, string list, string item)
    {
        var items = string.Join(
            ", ", Enumerable.Range(1, 20_000).Select(number => string.Format(CultureInfo.InvariantCulture, item, number)));
        var watch = Stopwatch.StartNew();

        var result = LoadedFiles.Load(
            $"services:\n  web:\n    image: a\n    {attribute}: {string.Format(CultureInfo.InvariantCulture, list, items)}\n");

        Assert.NotNull(result.Project);
        Assert.True(watch.Elapsed < Limit, $"{attribute} took {watch.Elapsed}");
    }

    [Fact]
    public void An_extension_may_be_nested_deep()
    {
        var project = LoadedFiles.Load(
            "services: {web: {image: a}}\nx-deep: " + new string('[', 900) + new string(']', 900) + "\n").Project!;

        Assert.Contains("x-deep", ConfigWriter.ToYaml(project), StringComparison.Ordinal);
        Assert.Contains("x-deep", ConfigWriter.ToJson(project), StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_bytes_are_told()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [.. Encoding.ASCII.GetBytes("services: "), 0xC3, 0x28]);

        var result = ProjectLoader.Load(
            new LoadRequest { WorkingDirectory = "/", Paths = [file], Environment = new Dictionary<string, string>() });

        Assert.Equal("ComposeFileUnreadable", Assert.Single(result.Diagnostics).Id);
        File.Delete(file);
    }

    [Fact]
    public void Utf16_as_PowerShell_5_writes_it_is_read()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "services: {a: {image: x}}", Encoding.Unicode);

        var result = ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = "/",
                Paths = [file],
                ProjectName = "p",
                Environment = new Dictionary<string, string>(),
            });

        Assert.Equal("x", result.Project!.Services["a"].Image);
        File.Delete(file);
    }
}
