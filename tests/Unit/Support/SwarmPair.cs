#if NET
namespace Compose.Tests.Support;

/// <summary>A test on a swarm of two engines. It needs root on Linux, and the engines beside docker compose.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SwarmPairFactAttribute : FactAttribute
{
    public SwarmPairFactAttribute() => Skip = SwarmPair.Absence;
}

/// <summary>Like <see cref="SwarmPairFactAttribute"/>, for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SwarmPairTheoryAttribute : TheoryAttribute
{
    public SwarmPairTheoryAttribute() => Skip = SwarmPair.Absence;
}

/// <summary>
/// A swarm for one test: a manager and a worker in network namespaces of their own, joined by a cable. Both have the image
/// busybox. The nodes cannot be told apart by name, because both have this machine's, so each has the label <c>place</c>.
/// </summary>
internal sealed class SwarmPair : IAsyncDisposable
{
    public const string ManagerAddress = "172.27.99.1";
    public const string WorkerAddress = "172.27.99.2";

    private readonly OwnNetwork _managerNetwork;
    private readonly OwnNetwork _workerNetwork;

    private SwarmPair(OwnNetwork managerNetwork, OwnNetwork workerNetwork) =>
        (_managerNetwork, _workerNetwork) = (managerNetwork, workerNetwork);

    /// <summary>Why there can be no swarm here, or null.</summary>
    public static string? Absence =>
        OwnEngine.Absence
        ?? (OwnEngine.NewestFolder is null ? "There is no dockerd beside the docker-compose that COMPOSE_PEER names." : null);

    /// <summary>The manager, with the label <c>place=one</c>.</summary>
    public OwnEngine Manager { get; private set; } = null!;

    /// <summary>The worker, with the label <c>place=two</c>.</summary>
    public OwnEngine Worker { get; private set; } = null!;

    /// <param name="older">Whether the worker is the older release beside COMPOSE_PEER_OLD.</param>
    public static async Task<SwarmPair> StartAsync(bool older = false)
    {
        var newest = OwnEngine.NewestFolder;
        var pair = new SwarmPair(await OwnNetwork.CreateAsync(), await OwnNetwork.CreateAsync());
        try
        {
            await pair._managerNetwork.ConnectAsync(pair._workerNetwork, ManagerAddress, WorkerAddress);
            var manager = OwnEngine.StartAsync(newest, pair._managerNetwork);
            var worker = OwnEngine.StartAsync(older ? OwnEngine.OlderFolder ?? newest : newest, pair._workerNetwork);
            (pair.Manager, pair.Worker) = (await manager, await worker);
            await pair.JoinAsync();
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs docker on the manager, and returns what it writes.</summary>
    public Task<string> DockerAsync(params IEnumerable<string> arguments) => DockerAsync(Manager, arguments);

    /// <summary>Runs docker on one of the engines, and returns what it writes.</summary>
    public Task<string> DockerAsync(OwnEngine engine, IEnumerable<string> arguments) =>
        _managerNetwork.RunAsync(
            Path.Combine(OwnEngine.NewestFolder!, "docker"), ["--host", engine.Host, .. arguments]);

    /// <summary>What a client beside the manager gets from a server, which may need a moment to listen.</summary>
    public Task<string> FetchAsync(string address, int port) =>
        _managerNetwork.RunAsync(
            "bash", "-c",
            $"for i in 1 2 3 4 5; do exec 3<>/dev/tcp/{address}/{port} && break; sleep 1; done; "
            + "printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");

    public async ValueTask DisposeAsync()
    {
        if (Worker is not null)
            await Worker.DisposeAsync();
        if (Manager is not null)
            await Manager.DisposeAsync();
        await _workerNetwork.DisposeAsync();
        await _managerNetwork.DisposeAsync();
    }

    private async Task JoinAsync()
    {
        await DockerAsync("swarm", "init", "--advertise-addr", ManagerAddress);
        var token = (await DockerAsync("swarm", "join-token", "-q", "worker")).Trim();
        await DockerAsync(
            Worker, ["swarm", "join", "--token", token, "--advertise-addr", WorkerAddress, ManagerAddress + ":2377"]);
        await LabelAsync(Manager, "one");
        await LabelAsync(Worker, "two");
    }

    private async Task LabelAsync(OwnEngine engine, string place)
    {
        var id = (await DockerAsync(engine, ["info", "--format", "{{.Swarm.NodeID}}"])).Trim();
        await DockerAsync("node", "update", "--label-add", "place=" + place, id);
    }
}
#endif
