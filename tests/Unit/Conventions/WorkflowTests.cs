using System.Text.RegularExpressions;
using Compose.Yaml;

namespace Compose.Tests.Conventions;

/// <summary>
/// The workflow runs on hosted machines that cannot be tried here. These tests check what can be known before: it follows the
/// documented syntax, names only what exists, and uses everything that it sets.
/// </summary>
public class WorkflowTests
{
    private static readonly string[] JobKeys = [
        "name", "needs", "permissions", "runs-on", "strategy", "timeout-minutes", "defaults", "env", "steps", "if"];
    private static readonly string[] StepKeys = [
        "name", "uses", "with", "run", "shell", "env", "if", "working-directory", "timeout-minutes"];
    private static readonly string[] Shells = ["pwsh", "powershell", "bash", "sh", "cmd", "python"];
    private static readonly string[] Runners = ["ubuntu-latest", "windows-latest", "macos-latest"];

    /// <summary>The allowed actions, with the inputs that their releases document.</summary>
    private static readonly Dictionary<string, string[]> Actions = new()
    {
        ["actions/checkout@v4"] = ["ref", "fetch-depth", "persist-credentials", "submodules"],
        ["actions/setup-dotnet@v4"] = ["dotnet-version", "dotnet-quality", "global-json-file", "cache"],
        ["actions/upload-artifact@v4"] = [
            "name", "path", "if-no-files-found", "retention-days", "compression-level", "overwrite"],
    };

    /// <summary>Where an expression is allowed, and which contexts it may use there.</summary>
    private static readonly string[] Contexts = ["matrix", "github", "needs", "strategy", "vars", "inputs"];

    private static readonly YamlMapping Workflow = Read();
    private static readonly YamlMapping Jobs = (YamlMapping)Workflow["jobs"]!;

    public static TheoryData<string> JobNames => [.. Jobs.Entries.Select(job => job.Name)];

    [Fact]
    public void It_begins_on_every_push_and_pull_request_with_the_right_to_read_alone()
    {
        Assert.Empty(Workflow.Entries.Select(entry => entry.Name).Except(["name", "on", "permissions", "jobs"]));
        Assert.Equal(["push", "pull_request"], ((YamlMapping)Workflow["on"]!).Entries.Select(entry => entry.Name));
        Assert.Equal("read", ((YamlMapping)Workflow["permissions"]!)["contents"]!.ToString());
    }

    [Fact]
    public void Both_editions_run_on_windows_and_seven_everywhere()
    {
        var rows = Rows("test");

        Assert.Equal(["macos-latest pwsh", "ubuntu-latest pwsh", "windows-latest powershell", "windows-latest pwsh"],
            rows.Select(row => $"{row["os"]} {row["shell"]}").Order(StringComparer.Ordinal));
        Assert.Equal(rows.Count, rows.Select(row => row["name"]!.ToString()).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(JobNames))]
    public void A_job_is_spelled_as_documented(string name)
    {
        var job = (YamlMapping)Jobs[name]!;

        Assert.Empty(job.Entries.Select(entry => entry.Name).Except(JobKeys));
        Assert.All(Needs(job), needed => Assert.True(Jobs.Has(needed), $"{name} needs {needed}, which is no job"));
        Assert.Contains(Values(job["runs-on"]!, name), runner => Runners.Contains(runner));
        foreach (var step in Steps(job))
        {
            Assert.Empty(step.Entries.Select(entry => entry.Name).Except(StepKeys));
            Assert.True(step.Has("uses") != step.Has("run"), $"a step either uses or runs: line {step.Line}");
            if (step["uses"]?.ToString() is { } action)
            {
                Assert.True(Actions.TryGetValue(action, out var inputs), action);
                Assert.Empty(step["with"] is YamlMapping with ? with.Entries.Select(entry => entry.Name).Except(inputs!) : []);
            }
        }
    }

    [Theory]
    [MemberData(nameof(JobNames))]
    public void Everything_the_matrix_sets_is_used_and_everything_used_is_set(string name)
    {
        var job = (YamlMapping)Jobs[name]!;
        var used = Scalars(job)
            .SelectMany(scalar =>
                Regex.Matches(scalar.Text, @"matrix\.(\w+)").Cast<Match>().Select(match => match.Groups[1].Value))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.All(Rows(name), row => Assert.Equal(used, row.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal)));
        Assert.All(
            Scalars(job).SelectMany(scalar =>
                Regex.Matches(scalar.Text, @"\$\{\{\s*(\w+)\.").Cast<Match>().Select(match => match.Groups[1].Value)),
            context => Assert.Contains(context, Contexts));
        Assert.All(
            Scalars(job),
            scalar =>
                Assert.Equal(
                    scalar.Text.Split(["${{"], StringSplitOptions.None).Length,
                    scalar.Text.Split(["}}"], StringSplitOptions.None).Length));
    }

    [Theory]
    [MemberData(nameof(JobNames))]
    public void What_it_runs_is_there(string name)
    {
        var job = (YamlMapping)Jobs[name]!;
        var tasks = Regex.Match(
            File.ReadAllText(Path.Combine(SourceTree.Root, "build.ps1")),
            @"\[ValidateSet\(([^)]*)\)\]\s*\[string\]\$Task").Groups[1].Value;
        var defaults = (job["defaults"] as YamlMapping)?["run"] is YamlMapping run ? run["shell"] : null;

        foreach (var step in Steps(job).Where(step => step.Has("run")))
        {
            var line = step["run"]!.ToString()!;
            var (script, task) = (
                Regex.Match(line, @"^\./(\S+)").Groups[1].Value, Regex.Match(line, @"-Task (\w+)").Groups[1].Value);
            Assert.True(File.Exists(Path.Combine(SourceTree.Root, script)), line);
            Assert.Contains($"'{task}'", tasks, StringComparison.Ordinal);
            var shells = Values(step["shell"] ?? defaults ?? throw new InvalidDataException($"no shell for: {line}"), name);
            Assert.All(shells, shell => Assert.Contains(shell, Shells));
        }

        Assert.All(
            Rows(name).Where(row => row["shell"]?.ToString() == "powershell"),
            row => Assert.StartsWith("windows", row["os"]!.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_kept_is_what_is_packed()
    {
        var kept = Steps((YamlMapping)Jobs["package"]!)
            .Single(step =>
                step["uses"]?.ToString()?.StartsWith("actions/upload-artifact", StringComparison.Ordinal) == true)
                ["with"] as YamlMapping;

        Assert.Equal("out/*.nupkg", kept!["path"]!.ToString());
        Assert.Equal("error", kept["if-no-files-found"]!.ToString());
        Assert.Contains(
            "$(RepositoryRoot)out/Compose.$(VersionPrefix).nupkg",
            File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Module", "Pack.targets")), StringComparison.Ordinal);
    }

    private static YamlMapping Read()
    {
        var file = Path.Combine(SourceTree.Root, ".github", "workflows", "test.yml");
        var read = YamlReader.Read(File.ReadAllText(file), file, 0);
        Assert.Empty(read.Problems);
        return (YamlMapping)Assert.Single(read.Documents);
    }

    /// <summary>The values of an expression in each row of the job's matrix.</summary>
    private static IReadOnlyList<string> Values(YamlNode value, string job) =>
        Regex.Match(value.ToString()!, @"^\$\{\{ matrix\.(\w+) \}\}$") is { Success: true } match
            ? [.. Rows(job).Select(row => row[match.Groups[1].Value]!.ToString()!)]
            : [value.ToString()!];

    private static IReadOnlyList<YamlMapping> Rows(string job) =>
        ((YamlMapping)Jobs[job]!)["strategy"] is YamlMapping strategy
            ? [.. ((YamlSequence)((YamlMapping)strategy["matrix"]!)["include"]!).Items.Cast<YamlMapping>()]
            : [];

    private static IEnumerable<YamlMapping> Steps(YamlMapping job) => ((YamlSequence)job["steps"]!).Items.Cast<YamlMapping>();

    private static IEnumerable<string> Needs(YamlMapping job) => job["needs"] switch
    {
        null => [],
        YamlSequence several => several.Items.Select(item => item.ToString()!),
        var one => [one.ToString()!],
    };

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence sequence => sequence.Items.SelectMany(Scalars),
        YamlMapping mapping => mapping.Entries.Where(entry => entry.Name != "matrix").SelectMany(entry => Scalars(entry.Value)),
        _ => [],
    };
}
