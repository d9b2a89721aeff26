using System.Diagnostics;
using Compose.Files;
using Compose.Model.Config;
using Compose.Model.Loading;
using Compose.Tests.Support;

namespace Compose.Tests.Model;

/// <summary>
/// The config output when values are left as they are in the files, compared with docker compose if its release has the flag.
/// </summary>
public class UnfilledConfigTests
{
    private const string Text = """
        name: p
        services:
          web:
            build:
              args: { A: , B: 1 }
            links: ["db:x"]
            volumes: ["./x/../y:/a//b/", "data:/d", "~/q:/h"]
            environment: { FOO: , BAR: 1, NOWHERE: }
            env_file: [./a.env, { path: ./none.env, required: false }]
            label_file: [./l.env]
            secrets: [held]
            pull_policy: if_not_present
          db:
            image: busybox
            volumes_from: ["other:ro"]
            networks: {}
          other:
            image: busybox
            build: { context: ./sub, dockerfile: D, additional_contexts: { k: ./sub } }
            networks: [front]
            configs: [said]
          shared: { image: busybox, pid: "service:db", network_mode: host }
        networks: { front: , named: { name: given } }
        volumes: { data: { external: true } }
        secrets: { held: { file: ./s.txt } }
        configs: { said: { content: hi } }
        """;

    private static readonly Dictionary<string, string> Beside = new() { ["a.env"] = "X=1\n", ["l.env"] = "lab=1\n" };

    private static readonly string[][] Combinations = [
        ["--no-normalize"], ["--no-path-resolution"], ["--no-normalize", "--no-path-resolution"],
        ["--no-normalize", "--no-interpolate"]];

    [PeerFact]
    public async Task The_text_is_that_of_docker_compose()
    {
        var directory = Directory.CreateTempSubdirectory("unfilled");
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = "/nonexistent",
            ["PATH"] = "/usr/bin:/bin",
            ["FOO"] = "foo",
            ["A"] = "a",
        };
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "compose.yaml"), Text);
            foreach (var (name, text) in Beside)
                File.WriteAllText(Path.Combine(directory.FullName, name), text);
            foreach (var flags in Combinations)
            {
                var ours = ProjectLoader.Load(new LoadRequest
                {
                    WorkingDirectory = directory.FullName, Environment = environment,
                    Normalization = !flags.Contains("--no-normalize"), PathResolution = !flags.Contains(
                        "--no-path-resolution"), Interpolation = !flags.Contains("--no-interpolate"),
                }).Project!;
                Assert.Equal(Lines(await PeerAsync(directory.FullName, environment, flags)), Lines(ConfigWriter.ToYaml(ours)));
            }
        }
        finally
        {
            directory.Delete(true);
        }
    }

    [Fact]
    public void Env_files_that_are_not_read_are_listed()
    {
        var project = LoadedFiles.Load(
            [Text], Beside,
            request => request with
            {
                EnvironmentResolution = false,
                PathResolution = false,
                Environment = new Dictionary<string, string> { ["FOO"] = "foo" },
            }).Project!;

        Assert.Equal(["./a.env", "./none.env"], project.Services["web"].EnvFiles.Select(file => file.ToString()));
        Assert.DoesNotContain("X", project.Services["web"].Environment.Keys);
        Assert.Equal("foo", project.Services["web"].Environment["FOO"]);
        Assert.Contains("""
                env_file:
                  - path: ./a.env
                  - path: ./none.env
                    required: false
            """, ConfigWriter.ToYaml(project).Replace("\r", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_extended_or_included_keep_their_own_directory()
    {
        var project = LoadedFiles.Load(
            ["include: [in/part.yaml]\nservices:\n"
                + "  web: {extends: {file: ex/base.yaml, service: base}, volumes: ['./own:/own']}\n"],
            new Dictionary<string, string>
            {
                ["in/part.yaml"] = "services: {part: {image: busybox, volumes: ['./data:/data']}}\n",
                ["ex/base.yaml"] = "services: {base: {image: busybox, env_file: ./b.env}}\n",
                ["ex/b.env"] = "B=1\n",
            },
            request => request with { PathResolution = false }).Project!;

        Assert.Equal("./own", project.Services["web"].Volumes[0].Source);
        Assert.EndsWith(Path.Combine("in", "data"), project.Services["part"].Volumes[0].Source, StringComparison.Ordinal);
        Assert.Equal("1", project.Services["web"].Environment["B"]);
    }

    /// <summary>
    /// The text without what later releases leave out, and without quotes: without interpolation, docker compose converts no
    /// types.
    /// </summary>
    private static IEnumerable<string> Lines(string yaml) =>
        yaml.Replace("\r", "")
            .Replace("\"", "")
            .Split('\n')
            .Where(line => line.Trim() is not ("create_host_path: true" or "required: true" or "bind:" or "bind: {}"));

    private static async Task<string> PeerAsync(string directory, Dictionary<string, string> environment, string[] flags)
    {
        var start = new ProcessStartInfo(TestEngine.Peer!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var argument in flags.Prepend("config"))
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        return text;
    }
}
