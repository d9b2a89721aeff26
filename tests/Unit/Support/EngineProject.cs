using System.Diagnostics;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Plan.Input;
using Compose.State;

namespace Compose.Tests.Support;

/// <summary>A test's project on the real engine. Disposing it removes everything that it created.</summary>
internal sealed class EngineProject : IAsyncDisposable, IEventSink
{
    /// <summary>The attributes of a service that only sleeps, indented for a compose file.</summary>
    public const string Sleeper = "image: busybox\n    command: sleep 600\n    stop_grace_period: 0s\n    init: true";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("converge");

    private EngineProject(string name, ProjectSession session) => (Name, Session) = (name, session);

    /// <summary>
    /// The engine's address for docker compose, which does not use a proxy that the test puts before the engine.
    /// </summary>
    private string PeerHost { get; init; } = TestEngine.Host;

    public string Name { get; }
    public ProjectSession Session { get; }

    /// <summary>The path of the docker-compose to compare with.</summary>
    public string Peer { get; init; } = TestEngine.Peer ?? "";

    /// <summary>The directory of the compose file.</summary>
    public string Folder => _directory.FullName;
    public List<string> Warnings { get; } = [];

    /// <param name="name">The project's name after "converge".</param>
    /// <param name="engineHost">The address of a proxy or of another engine; null for the test engine.</param>
    /// <param name="peer">The docker-compose to use instead of COMPOSE_PEER.</param>
    /// <param name="isOther">Whether the address is another engine, which docker compose must use too.</param>
    public static async Task<EngineProject> CreateAsync(
        string name, string? engineHost = null, string? peer = null, bool isOther = false)
    {
        var request = new SessionRequest
        {
            EngineHost = engineHost ?? TestEngine.Host,
            Environment = new Dictionary<string, string>(),
            HomeDirectory = "/nonexistent",
        };
        var project = new EngineProject("converge" + name, await ProjectSession.ConnectAsync(request, CancellationToken.None))
        {
            Peer = peer ?? TestEngine.Peer ?? "",
            PeerHost = isOther ? request.EngineHost : TestEngine.Host,
        };
        await project.DownAsync(volumes: true);
        project.Warnings.Clear();
        return project;
    }

    /// <summary>Writes a file beside the compose file. Returns its path.</summary>
    public string Write(string file, string text)
    {
        var path = Path.Combine(_directory.FullName, file);
        File.WriteAllText(path, text);
        return path;
    }

    public ComposeProject Load(string yaml, IReadOnlyDictionary<string, string>? variables = null)
    {
        Write("compose.yaml", yaml);
        var result = ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = _directory.FullName,
                Environment = variables ?? new Dictionary<string, string>(),
                ProjectName = Name,
            });
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return result.Project!;
    }

    public async Task<ExecutionReport> UpAsync(
        string yaml, UpOptions? options = null, Answers? answers = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        return await UpAsync(Load(yaml, variables), options, answers);
    }

    public async Task<ExecutionReport> UpAsync(ComposeProject model, UpOptions? options = null, Answers? answers = null)
    {
        var run = new UpRun(Session, model, options ?? new UpOptions());
        while (await run.NextAsync(answers ?? Answers.None, CancellationToken.None) is { } plan)
            await run.ExecuteAsync(plan, new ExecuteOptions(), this, CancellationToken.None);
        return run.Report!;
    }

    public async Task<ComposePlan> PlanAsync(string yaml, UpOptions? options = null) =>
        await Session.Plans.UpAsync(Load(yaml), options ?? new UpOptions(), Answers.None, CancellationToken.None);

    public Task<ExecutionReport> DownAsync(bool volumes = false) => Session.RemoveAsync(Name, volumes, this);

    public Task<ExecutionReport> RunAsync(ComposePlan plan) =>
        Session.ExecuteAsync(plan, new ExecuteOptions(), this, CancellationToken.None);

    public async Task<IReadOnlyList<ComposeContainer>> ContainersAsync() =>
        await Session.Containers.ListAsync(new ContainerQuery { ProjectName = Name, All = true }, CancellationToken.None);

    /// <summary>Waits until all containers have a state, because an engine's list lags behind its response to a stop.</summary>
    public async Task<IReadOnlyList<ComposeContainer>> ReachedAsync(string state)
    {
        for (var tries = 0; ; tries++)
        {
            var containers = await ContainersAsync();
            if (containers.All(container => container.State == state))
                return containers;
            Assert.True(tries < 20, string.Join(", ", containers.Select(container => $"{container}: {container.State}")));
            await Task.Delay(100);
        }
    }

    /// <summary>Reads a file in a service's first running container.</summary>
    public async Task<string> ReadFileAsync(string service, string path) => (await RunInAsync(service, "cat", path)).Output;

    /// <summary>Runs a command in a service's first running container. Returns its exit code and output.</summary>
    public async Task<(int? Code, string Output)> RunInAsync(string service, params string[] command)
    {
        var container = (await ContainersAsync())
            .First(container => container.Service == service && container.State == "Running");
        var exec = await Session.Engine.Containers.CreateExecAsync(
            container.Id, new ExecCreateRequest { Cmd = command, AttachStdout = true, AttachStderr = true, Tty = true },
            CancellationToken.None);
        using var connection = await Session.Engine.Containers.StartExecAsync(exec, true, CancellationToken.None);
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (await connection.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None) is > 0 and var read)
            text.Write(buffer, 0, read);
        var code = (await Session.Engine.Containers.InspectExecAsync(exec, CancellationToken.None)).ExitCode;
        return (code, System.Text.Encoding.UTF8.GetString(text.ToArray()).Replace("\r\n", "\n"));
    }

    /// <summary>Runs docker compose on the same project. Returns its exit code and output.</summary>
    public async Task<(int Code, string Output)> PeerAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Peer)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _directory.FullName,
        };
        foreach (var argument in new[] { "-p", Name }.Concat(arguments))
            start.ArgumentList.Add(argument);
        start.Environment["DOCKER_HOST"] = PeerHost;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    public void Emit(ComposeEvent composeEvent)
    {
        if (composeEvent is WarningEvent warning)
        {
            lock (Warnings)
                Warnings.Add(warning.Message);
        }
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
    {
        Emit(composeEvent);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync(volumes: true);
        Session.Dispose();
        _directory.Delete(true);
    }
}
