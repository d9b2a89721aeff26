#if NET
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Swarm;
using Compose.Swarm.Operations;
using Compose.Swarm.Plan;
using Compose.Swarm.Run;

namespace Compose.Tests.Support;

/// <summary>A test on a swarm of its own; skipped where no engine can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SwarmFactAttribute : FactAttribute
{
    public SwarmFactAttribute() => Skip = TestEngine.Absence ?? OwnEngine.Absence;
}

/// <summary>The tests that share one swarm; each has stacks of its own names.</summary>
[CollectionDefinition(Name)]
public sealed class SwarmCollection : ICollectionFixture<SwarmEngine>
{
    public const string Name = "swarm";
}

/// <summary>A swarm of one node for all tests of a run, started by the first that needs it.</summary>
public sealed class SwarmEngine : IAsyncLifetime
{
    private OwnEngine? _engine;

    internal string Host => _engine!.Host;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if ((TestEngine.Absence ?? OwnEngine.Absence) is null)
            _engine = await OwnEngine.StartSwarmAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    internal async Task<Stream> DialAsync()
    {
        var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified);
        await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(Host.Substring("unix://".Length)));
        return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
    }

    /// <param name="name">The stack's name.</param>
    /// <param name="host">The address of a proxy before the engine, or null.</param>
    internal Task<SwarmStack> StackAsync(string name, string? host = null) => SwarmStack.CreateAsync(name, host ?? Host);
}

/// <summary>A test's stack. Disposing it removes it.</summary>
internal sealed class SwarmStack(string name, ProjectSession session) : IAsyncDisposable, IEventSink
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stack");

    public string Name => name;

    public ProjectSession Session => session;

    public StackOperations Operations => new(session);

    public List<string> Warnings { get; } = [];

    public List<ProgressEvent> Progress { get; } = [];

    public static async Task<SwarmStack> CreateAsync(string name, string host)
    {
        var request = new SessionRequest
        {
            EngineHost = host, Environment = new Dictionary<string, string>(), HomeDirectory = "/nonexistent",
        };
        return new SwarmStack(name, await ProjectSession.ConnectAsync(request, CancellationToken.None));
    }

    public ComposeProject Load(string yaml, IReadOnlyDictionary<string, string>? variables = null)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "compose.yaml"), yaml);
        var result = ProjectLoader.Load(new Compose.Files.LoadRequest
        {
            WorkingDirectory = _directory.FullName,
            Environment = variables ?? new Dictionary<string, string>(),
            ProjectName = name,
        });
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return result.Project!;
    }

    /// <summary>Deploys without asking registries.</summary>
    public Task<ExecutionReport> DeployAsync(string yaml, DeployOptions? options = null, Answers? answers = null) =>
        DeployAsync(Run(yaml, options), answers ?? Answers.None);

    public async Task<ExecutionReport> DeployAsync(DeployRun run, Answers answers)
    {
        var plan = await run.PlanAsync(answers, this, CancellationToken.None);
        return await run.ExecuteAsync(plan, answers, new ExecuteOptions(), this, CancellationToken.None);
    }

    public Task<ComposePlan> PlanAsync(string yaml, DeployOptions? options = null, Answers? answers = null) =>
        Run(yaml, options).PlanAsync(answers ?? Answers.None, this, CancellationToken.None);

    public DeployRun Run(string yaml, DeployOptions? options = null) =>
        new(session, Load(yaml), (options ?? new DeployOptions()) with { ResolveImage = "never" });

    public async Task<ComposeStackService> ServiceAsync(string service) =>
        (await Operations.ServicesAsync(name, CancellationToken.None)).Single(one => one.Service == service);

    public Task<IReadOnlyList<ComposeTask>> TasksAsync() => Operations.TasksAsync(name, CancellationToken.None);

    public Task<ExecutionReport> RemoveAsync() =>
        CarryOutAsync(() => Operations.RemovalAsync(name, volumes: false, this, CancellationToken.None));

    /// <summary>Executes a plan that needs no file.</summary>
    public async Task<ExecutionReport> CarryOutAsync(Func<Task<ComposePlan>> plan) =>
        await Operations.ExecuteAsync(await plan(), new ExecuteOptions(), plan, this, CancellationToken.None);

    public void Emit(ComposeEvent composeEvent)
    {
        lock (Warnings)
        {
            if (composeEvent is WarningEvent warning)
                Warnings.Add(warning.Message);
            if (composeEvent is ProgressEvent progress)
                Progress.Add(progress);
        }
    }

    public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
    {
        Emit(composeEvent);
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        if ((await Operations.ListAsync(CancellationToken.None)).Any(stack => stack.Stack == name))
            await RemoveAsync();
        session.Dispose();
        _directory.Delete(true);
    }
}
#endif
