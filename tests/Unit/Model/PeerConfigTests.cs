using System.Diagnostics;
using System.Text.Json;
using Compose.Files;
using Compose.Model;
using Compose.Model.Config;
using Compose.Model.Loading;
using Compose.Plan.Input;
using Compose.Tests.Support;
using Compose.Yaml;
using Xunit.Abstractions;

namespace Compose.Tests.Model;

/// <summary>
/// The output of <c>docker compose config</c> for the corpus, and the hashes for the corpus and for a project with every
/// attribute: equal byte for byte, except for what later releases write differently.
/// </summary>
public class PeerConfigTests(ITestOutputHelper output)
{
    [PeerFact(overSharedData: true)]
    public Task The_text_and_the_hashes_are_those_of_docker_compose() => CompareCorpus(TestEngine.Peer!);

    [PeerFact(overSharedData: true, old: true)]
    public Task The_text_and_the_hashes_are_those_of_2_26_1() => CompareCorpus(TestEngine.OldPeer!);

    [PeerFact]
    public Task Every_attribute_is_hashed_as_docker_compose_does() => CompareEveryAttribute(TestEngine.Peer!);

    [PeerFact(old: true)]
    public Task Every_attribute_is_hashed_as_2_26_1_does() => CompareEveryAttribute(TestEngine.OldPeer!);

    private async Task CompareEveryAttribute(string peer)
    {
        var folder = Directory.CreateTempSubdirectory("every");
        var file = Path.Combine(folder.FullName, "compose.yaml");
        File.WriteAllText(file, EveryAttribute.Yaml);
        var environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = folder.FullName };
        var project = Load([file], "every", environment)!;
        var rule = await Rule(peer);
        var rows = await Hashes(peer, [file], "every", environment);
        folder.Delete(true);

        output.WriteLine($"{rows.Count} hashes of the rule of {rule.Name}");
        Assert.Equal(project.Services.Keys.Order(), rows.Select(row => row.Service).Order());
        Assert.Empty(
            rows.Where(row => ConfigHash.Of(project.Services[row.Service], rule) != row.Hash).Select(row => row.Service));
    }

    private async Task CompareCorpus(string peer)
    {
        var home = Directory.CreateTempSubdirectory("home");
        var rule = await Rule(peer);
        var (lines, hashes, misses) = (0, 0, new List<string>());
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder!, "corpus", "cases.jsonl")))
        {
            var test = JsonSerializer.Deserialize<JsonElement>(line);
            if (test.GetProperty("mode").GetString() != "strict")
                continue;
            var folder = Path.Combine(SharedData.Folder!, "corpus", test.GetProperty("dir").GetString()!);
            var files = test.GetProperty("files")
                .EnumerateArray()
                .Select(file => Path.Combine(folder, file.GetString()!))
                .ToList();
            var environment = test.GetProperty("env")
                .EnumerateObject()
                .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);
            (environment["HOME"], environment["PATH"]) = (home.FullName, "/usr/bin:/bin");
            var name = test.GetProperty("projectName").GetString()!;
            if (Load(files, name, environment) is not { } project)
                continue;

            var expected = await Peer(peer, [.. Files(files), "-p", name, "config"], environment);
            // docker compose keeps the extends of a service whose base is empty.
            if (expected.Contains("\n    extends:", StringComparison.Ordinal))
                continue;
            lines++;
            if (Lines(expected) is var theirs && Lines(ConfigWriter.ToYaml(project)) is var ours && !theirs.SequenceEqual(ours))
                misses.Add(
                    $"{test.GetProperty("id")}: {string.Join('|', theirs.Except(ours).Take(3))} <> "
                        + $"{string.Join('|', ours.Except(theirs).Take(3))}");
            foreach (var row in await Hashes(peer, files, name, environment))
            {
                // config --hash computes the hash before it reads env files and label files; up computes it after.
                if ((project.Tree!["services"] as YamlMapping)?[row.Service] is YamlMapping service
                    && (service.Has("env_file") || service.Has("label_file")))
                    continue;
                hashes++;
                if (ConfigHash.Of(project.Services[row.Service], rule) != row.Hash)
                    misses.Add($"{test.GetProperty("id")}: the hash of {row.Service}");
            }
        }

        home.Delete(true);
        output.WriteLine($"{lines} texts, {hashes} hashes of the rule of {rule.Name}\n{string.Join('\n', misses)}");
        Assert.True(lines > 250 && hashes > 300, $"{lines} texts, {hashes} hashes");
        Assert.Empty(misses);
    }

    /// <summary>The hash rule for the version that docker-compose reports.</summary>
    private static async Task<ConfigForm> Rule(string peer)
    {
        var version = (await Peer(peer, ["version", "--short"], [])).Trim();
        return ConfigForm.HashRules[ComposeRelease.Asked(version).HashRule];
    }

    private static ComposeProject? Load(IReadOnlyList<string> files, string name, Dictionary<string, string> environment) =>
        ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = Path.GetDirectoryName(files[0])!,
                Paths = files,
                ProjectName = name,
                Environment = environment,
            }).Project;

    /// <summary>The text without what releases write differently.</summary>
    private static List<string> Lines(string yaml) =>
        [
            .. yaml.Split('\n').Where(line =>
                !line.Trim().StartsWith("create_host_path: ", StringComparison.Ordinal)
                    && line.Trim() is not ("bind:" or "bind: {}")
                    && !line.TrimStart().StartsWith("mode: ", StringComparison.Ordinal)),
        ];

    private static async Task<List<(string Service, string Hash)>> Hashes(
        string peer, IReadOnlyList<string> files, string name, Dictionary<string, string> environment) =>
        [
            .. (await Peer(peer, [.. Files(files), "-p", name, "config", "--hash", "*"], environment))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split(' '))
            .Select(row => (row[0], row[1])),
        ];

    private static IEnumerable<string> Files(IEnumerable<string> files) => files.SelectMany(file => new[] { "-f", file });

    private static async Task<string> Peer(string peer, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(peer) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var variable in environment)
            start.Environment[variable.Key] = variable.Value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await errors;
        return text;
    }
}
