using System.Diagnostics;
using System.Text.Json;
using Compose.Files;
using Compose.Model;
using Compose.Model.Config;
using Compose.Tests.Support;
using Compose.Yaml;
using Xunit.Abstractions;

namespace Compose.Tests.Model;

/// <summary>What <c>docker compose config</c> prints of the corpus, as text, and its hashes: byte for byte, but for what releases since spell otherwise.</summary>
public class PeerConfigTests(ITestOutputHelper output)
{
    private static readonly ConfigForm Rule = ConfigForm.HashRules.Single(rule => rule.Name == "2.26");

    [PeerFact]
    public async Task The_text_and_the_hashes_are_those_of_docker_compose()
    {
        if (SharedData.Folder is null)
            return;
        var home = Directory.CreateTempSubdirectory("home");
        var (lines, hashes, misses) = (0, 0, new List<string>());
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Folder, "corpus", "cases.jsonl")))
        {
            var test = JsonSerializer.Deserialize<JsonElement>(line);
            if (test.GetProperty("mode").GetString() != "strict")
                continue;
            var folder = Path.Combine(SharedData.Folder, "corpus", test.GetProperty("dir").GetString()!);
            var files = test.GetProperty("files").EnumerateArray().Select(file => Path.Combine(folder, file.GetString()!)).ToList();
            var environment = test.GetProperty("env").EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);
            (environment["HOME"], environment["PATH"]) = (home.FullName, "/usr/bin:/bin");
            var name = test.GetProperty("projectName").GetString()!;
            var project = ProjectLoader.Load(new LoadRequest { WorkingDirectory = Path.GetDirectoryName(files[0])!, Paths = files, ProjectName = name, Environment = environment }).Project;
            if (project is null)
                continue;

            var expected = await Peer(files, name, environment);
            // The older release leaves the extends of a service in place whose base says nothing.
            if (expected.Contains("\n    extends:", StringComparison.Ordinal))
                continue;
            lines++;
            if (Lines(expected) is var theirs && Lines(ConfigWriter.ToYaml(project)) is var ours && !theirs.SequenceEqual(ours))
                misses.Add($"{test.GetProperty("id")}: {string.Join('|', theirs.Except(ours).Take(3))} <> {string.Join('|', ours.Except(theirs).Take(3))}");
            foreach (var row in (await Peer(files, name, environment, "--hash", "*")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(' ')))
            {
                // The older release hashed before it read env files, so it could not see them change.
                if (((project.Tree!["services"] as YamlMapping)?[row[0]] as YamlMapping)?.Has("env_file") == true)
                    continue;
                hashes++;
                if (ConfigHash.Of(project.Services[row[0]], Rule) != row[1])
                    misses.Add($"{test.GetProperty("id")}: the hash of {row[0]}");
            }
        }

        home.Delete(true);
        output.WriteLine($"{lines} texts, {hashes} hashes\n{string.Join('\n', misses)}");
        Assert.Empty(misses);
    }

    /// <summary>Without what later releases leave out.</summary>
    private static List<string> Lines(string yaml) =>
        [.. yaml.Split('\n').Where(line => line.Trim() is not ("create_host_path: true" or "bind:" or "bind: {}") && !line.TrimStart().StartsWith("mode: ", StringComparison.Ordinal))];

    private static async Task<string> Peer(IEnumerable<string> files, string name, Dictionary<string, string> environment, params string[] more)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("COMPOSE_PEER")!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in files.SelectMany(file => new[] { "-f", file }).Concat(["-p", name, "config", .. more]))
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
