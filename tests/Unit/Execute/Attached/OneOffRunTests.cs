using Compose.Engine.Own;
using Compose.Execute.Attached;
using Compose.Execute.Operations;
using Compose.Execute.Session;
using Compose.Files.Checks;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.Streams;
using Compose.Tests.Execute.Differences;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Attached;

public class OneOffRunTests
{
    private const string Web = """
        services:
          web:
            image: busybox
            command: [echo, from the file]
            init: true
            environment: { A: file, B: file }
            labels: { kept: "1" }
            ports: ["18471:80"]
            volumes: ["data:/data"]
            restart: always
            stop_grace_period: 1s
            networks: { front: { aliases: [www] } }
            depends_on: [db]
          db: { image: busybox, command: sleep 600, init: true, stop_grace_period: 1s, networks: [front] }
        volumes: { data: }
        networks: { front: }
        """;

    private static readonly OneOff Plain = new() { Service = "web", Name = "sessiononeoff", Slug = "" };
    private static readonly OverrideTexts Texts = new() { WorkingDirectory = "/" };

    /// <summary>Our options, and docker compose's options for the same.</summary>
    private static readonly (string Name, OneOff Ours, OverrideTexts Texts, string[] Theirs)[] Cases =
    [
        ("plain", Plain, Texts, ["--interactive=false"]),
        ("input kept open", Plain with { TakesInput = true }, Texts, []),
        ("overrides", Plain with
        {
            Command = [
                "echo",
                "x"], User = "1000:1000", WorkingDirectory = "/tmp", Entrypoint = ["env"], CapAdd = [
                    "NET_ADMIN"], CapDrop = ["MKNOD"],
            Environment = new Dictionary<string, string?>
            {
                ["B"] = "line",
                ["C"] = "new",
            }, Labels = new Dictionary<string, string> { ["given"] = "yes" },
        }, Texts,
        [
            "--interactive=false", "-u", "1000:1000", "-w", "/tmp", "--entrypoint", "env",
            "--cap-add", "NET_ADMIN", "--cap-drop", "MKNOD", "-e", "B=line", "-e", "C=new", "-l", "given=yes", "web", "echo", "x",
        ]),
        ("mounts and ports", Plain, Texts with { Ports = ["18472:90", "91/udp"], Volumes = ["/tmp:/mnt:ro", "/anonymous"] },
        ["--interactive=false", "-p", "18472:90", "-p", "91/udp", "-v", "/tmp:/mnt:ro", "-v", "/anonymous"]),
        ("service ports and aliases", Plain with { ServicePorts = true, UseAliases = true }, Texts,
        ["--interactive=false", "--service-ports", "--use-aliases"]),
    ];

    [PeerFact]
    public async Task Is_created_as_docker_compose_creates_it()
    {
        await using var project = await EngineProject.CreateAsync("oneoff");
        using var inspect = new EngineInspect();
        var loaded = project.Load(Web);
        var release = (await project.PeerAsync("version", "--short")).Output.Trim();
        foreach (var (name, ours, texts, theirs) in Cases)
        {
            var diagnostics = new DiagnosticBag();
            var overrides = ServiceOverrides.Read(texts, loaded, diagnostics);
            Assert.Empty(diagnostics.All);
            await RunAsync(
                project, loaded,
                ours with { Slug = OneOffRun.NewSlug(), Ports = overrides.Ports, Volumes = overrides.Volumes }, detach: true,
                release);
            var mine = await FieldsAsync(inspect, project.Name);
            await project.Session.Engine.Containers.RemoveAsync("sessiononeoff", volumes: true, CancellationToken.None);
            var (code, output) = await project.PeerAsync(
                [
                    .. new[] { "run", "-d", "-T", "--name", "sessiononeoff" }, .. theirs, .. theirs.Contains("web")
                        ? Array.Empty<string>()
                        : ["web"],
                ]);
            Assert.True(code == 0, output);
            var peers = await FieldsAsync(inspect, project.Name);
            await project.Session.Engine.Containers.RemoveAsync("sessiononeoff", volumes: true, CancellationToken.None);

            var differences = mine.Keys.Union(peers.Keys)
                .Select(key => new FieldDifference(key, mine.GetValueOrDefault(key), peers.GetValueOrDefault(key)))
                .Where(difference =>
                    difference.Ours != difference.Theirs
                        && !difference.Path.EndsWith("compose.slug", StringComparison.Ordinal)
                        && !AcceptedDifferences.Accepts(difference));
            Assert.True(!differences.Any(), $"{name}:\n{string.Join("\n", differences)}");
            Assert.Equal(64, peers["containers/sessiononeoff/Config/Labels/com.docker.compose.slug"].Trim('"').Length);
        }

        // The commands are short: inspect would also show addresses while one still runs.
        async Task<Dictionary<string, string>> FieldsAsync(EngineInspect engine, string name)
        {
            await await project.Session.Engine.Containers.WaitAsync("sessiononeoff", "not-running", CancellationToken.None);
            return InspectForm.Of(await engine.ProjectAsync(name), name)
                .Where(field => field.Key.StartsWith("containers/sessiononeoff/", StringComparison.Ordinal))
                .ToDictionary();
        }
    }

    [EngineFact]
    public async Task Runs_after_its_dependencies_and_is_gone_when_it_was_to_go()
    {
        await using var project = await EngineProject.CreateAsync("oneoffrun");
        var loaded = project.Load(Web);

        var result = await RunAsync(
            project, loaded,
            new OneOff
            {
                Service = "web",
                Slug = OneOffRun.NewSlug(),
                Command = ["sh", "-c", "echo out; echo err >&2; exit 3"],
                AutoRemove = true,
            });

        Assert.Equal((3, "out", "err", 0), (result!.ExitCode, result.StandardOutput, result.StandardError, result.Replica));
        var left = Assert.Single(await project.ContainersAsync());
        Assert.Equal(("db", "Running"), (left.Service, left.State));
    }

    [EngineFact]
    public async Task Nothing_a_short_command_says_is_missed()
    {
        await using var project = await EngineProject.CreateAsync("oneoffshort");
        var loaded = project.Load("services:\n  web: {image: busybox}\n");

        for (var index = 0; index < 10; index++)
        {
            var result = await RunAsync(
                project, loaded,
                new OneOff { Service = "web", Slug = OneOffRun.NewSlug(), Command = ["echo", "said"], AutoRemove = true });
            Assert.Equal("said", result!.StandardOutput);
        }
    }

    [EngineFact]
    public async Task Abandoned_it_is_stopped()
    {
        await using var project = await EngineProject.CreateAsync("oneoffstop");
        var loaded = project.Load("services:\n  web: {image: busybox, init: true, stop_grace_period: 1s}\n");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(
                project, loaded,
                new OneOff { Service = "web", Slug = OneOffRun.NewSlug(), Command = ["sleep", "600"], AutoRemove = true },
                stop: stop.Token));

        for (var tries = 0; (await project.ContainersAsync()).Count > 0; tries++)
        {
            Assert.True(tries < 300);
            await Task.Delay(100);
        }
    }

    private static async Task<ComposeCommandResult?> RunAsync(
        EngineProject project, ComposeProject loaded, OneOff oneOff, bool detach = false, string? release = null,
        CancellationToken stop = default)
    {
        using var run = new OneOffRun(project.Session, loaded, oneOff, new UpOptions { Release = release }, detach);
        while (await run.Up.NextAsync(Answers.None, CancellationToken.None) is { } plan)
            await run.Up.ExecuteAsync(
                plan, new ExecuteOptions { BeforeOneOff = run.BeforeStartAsync }, project, CancellationToken.None);
        Assert.True(run.IsStarted, string.Join("\n", run.Up.Report!.Failed.Select(action => action.Reason)));
        var result = await run.ResultAsync(null, new OutputCapture(), project, stop);
        return result;
    }
}
