#if NET
using System.Collections.Concurrent;
using Compose.Events;
using Compose.Execute;
using Compose.Execute.Session;
using Compose.Files;
using Compose.Model;
using Compose.Model.Loading;
using Compose.Plan;
using Compose.Swarm;
using Compose.Swarm.Operations;
using Compose.Swarm.Plan;
using Compose.Swarm.Run;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Flows;

/// <summary>A test's stack on a swarm. Disposing it removes the stack.</summary>
internal sealed class TestStack : IAsyncDisposable, IEventSink
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stack");
    private readonly StackOperations _stacks;

    private TestStack(string name, ProjectSession session) =>
        (Name, Session, _stacks) = (name, session, new StackOperations(session));

    public string Name { get; }
    public ProjectSession Session { get; }

    /// <summary>The path of the compose file.</summary>
    public string File => Path.Combine(_directory.FullName, "compose.yaml");
    public ConcurrentQueue<ComposeEvent> Events { get; } = new();

    public IReadOnlyList<string> Warnings => [.. Events.OfType<WarningEvent>().Select(warning => warning.Message)];

    /// <summary>The stack of that name after "pair", on a manager.</summary>
    public static async Task<TestStack> CreateAsync(OwnEngine manager, string name)
    {
        var request = new SessionRequest
        {
            EngineHost = manager.Host,
            Environment = new Dictionary<string, string>(),
            HomeDirectory = "/nonexistent",
        };
        return new TestStack("pair" + name, await ProjectSession.ConnectAsync(request, CancellationToken.None));
    }

    public void Write(string file, string text) =>
        System.IO.File.WriteAllText(Path.Combine(_directory.FullName, file), text);

    public ComposeProject Load(string yaml)
    {
        Write("compose.yaml", yaml);
        var result = ProjectLoader.Load(
            new LoadRequest
            {
                WorkingDirectory = _directory.FullName, Environment = new Dictionary<string, string>(), ProjectName = Name,
            });
        Assert.True(result.Project is not null, string.Join("\n", result.Diagnostics));
        return result.Project!;
    }

    /// <summary>Deploys a file, and waits for its tasks unless the options say otherwise.</summary>
    public async Task<ExecutionReport> DeployAsync(string yaml, DeployOptions? options = null)
    {
        var run = Run(yaml, options);
        var plan = await run.PlanAsync(Answers.None, this, CancellationToken.None);
        return await run.ExecuteAsync(plan, Answers.None, new ExecuteOptions(), this, CancellationToken.None);
    }

    public Task<ComposePlan> PlanAsync(string yaml, DeployOptions? options = null) =>
        Run(yaml, options ?? new DeployOptions { ResolveImage = "never" }).PlanAsync(Answers.None, this, CancellationToken.None);

    public async Task<ComposeStackService> ServiceAsync(string service) =>
        (await _stacks.ServicesAsync(Name, CancellationToken.None)).Single(found => found.Service == service);

    /// <summary>The tasks of a service, all of them or those that should run.</summary>
    public async Task<IReadOnlyList<ComposeTask>> TasksAsync(string service, bool all = false) =>
        [
            .. (await _stacks.TasksAsync(Name, CancellationToken.None))
                .Where(task => task.Service == service && (all || task.Desired == "Running")),
        ];

    /// <summary>Waits until the tasks of a service that should run are as they should be.</summary>
    public async Task<IReadOnlyList<ComposeTask>> ReachedAsync(string service, Func<IReadOnlyList<ComposeTask>, bool> condition)
    {
        for (var tries = 0; ; tries++)
        {
            var tasks = await TasksAsync(service);
            if (condition(tasks))
                return tasks;
            Assert.True(tries < 240, string.Join("\n", tasks.Select(task => $"{task} {task.State} {task.NodeId} {task.Error}")));
            await Task.Delay(250);
        }
    }

    public Task<IReadOnlyList<ComposeNode>> NodesAsync() => _stacks.NodesAsync(CancellationToken.None);

    public Task<ExecutionReport> ScaleAsync(string service, int replicas) =>
        ExecuteAsync(() => _stacks.ScalingAsync(
            Name, new Dictionary<string, int> { [service] = replicas }, CancellationToken.None));

    public Task<ExecutionReport> RemoveAsync() =>
        ExecuteAsync(() => _stacks.RemovalAsync(Name, volumes: false, this, CancellationToken.None));

    private async Task<ExecutionReport> ExecuteAsync(Func<Task<ComposePlan>> plan) =>
        await _stacks.ExecuteAsync(await plan(), new ExecuteOptions(), plan, this, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if ((await _stacks.ListAsync(CancellationToken.None)).Any(stack => stack.ProjectName == Name))
            await RemoveAsync();
        Session.Dispose();
        _directory.Delete(true);
    }

    void IEventSink.Emit(ComposeEvent composeEvent) => Events.Enqueue(composeEvent);

    ValueTask IEventSink.EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
    {
        Events.Enqueue(composeEvent);
        return default;
    }

    private DeployRun Run(string yaml, DeployOptions? options) =>
        new(
            Session, Load(yaml),
            options ?? new DeployOptions { Wait = true, WaitTimeout = TimeSpan.FromSeconds(90), ResolveImage = "never" });
}
#endif
