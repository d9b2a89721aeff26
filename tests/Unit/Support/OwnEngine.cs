#if NET
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Compose.Tests.Support;

/// <summary>
/// A test that stops an engine, and so starts one of its own. It needs root on Linux, dockerd, and the test engine's busybox.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OwnEngineFactAttribute : FactAttribute
{
    public OwnEngineFactAttribute() => Skip = TestEngine.Absence ?? OwnEngine.Absence;
}

/// <summary>An engine for one test, in a network namespace and directories of its own. It can be stopped and restarted.</summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly string? Program = ((string[])["/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd"])
        .FirstOrDefault(File.Exists);
    private static readonly Lazy<string?> Known = new(WhyNot);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("owned");
    private readonly string? _folder;
    private readonly OwnNetwork? _network;

    /// <summary>Whether it is a swarm of one node, and its network namespace ends with it.</summary>
    private bool IsSwarm { get; init; }
    private Process? _process;

    private OwnEngine(string? folder, OwnNetwork? network) => (_folder, _network) = (folder, network);

    /// <summary>Why no engine can be started, or null.</summary>
    public static string? Absence => Known.Value;

    private string Socket => Path.Combine(_directory.FullName, "engine.sock");

    /// <summary>The engine's address.</summary>
    public string Host => "unix://" + Socket;

    /// <summary>The folder of the engine of COMPOSE_PEER's release; null if there is none.</summary>
    public static string? NewestFolder => FolderOf(TestEngine.Peer);

    /// <summary>The folder of the engine of COMPOSE_PEER_OLD's release; null if there is none.</summary>
    public static string? OlderFolder => FolderOf(TestEngine.OldPeer);

    /// <param name="folder">The folder of another release's dockerd; null for this machine's.</param>
    /// <param name="network">The network namespace to join, where the engine has its bridges; null for a new one without.</param>
    public static Task<OwnEngine> StartAsync(string? folder = null, OwnNetwork? network = null) =>
        StartAsync(new OwnEngine(folder, network));

    /// <summary>Starts an engine that is a swarm of one node.</summary>
    public static async Task<OwnEngine> StartSwarmAsync() =>
        await StartAsync(new OwnEngine(NewestFolder, await OwnNetwork.CreateAsync()) { IsSwarm = true });

    private static async Task<OwnEngine> StartAsync(OwnEngine engine)
    {
        try
        {
            await engine.BeginAsync();
            await engine.LoadBusyboxAsync();
            if (engine.IsSwarm)
                await engine.InitSwarmAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts or restarts the engine.</summary>
    public async Task BeginAsync()
    {
        var program = _folder is null ? Program! : Path.Combine(_folder, "dockerd");
        var start = new ProcessStartInfo(_network is null ? "unshare" : "nsenter") { RedirectStandardError = true };
        string[] arguments =
        [
            _network is null ? "--net" : "--net=" + _network.Path,
            program, "--host", Host, "--data-root", At("data"), "--exec-root", At("exec"), "--pidfile", At("pid"),
            .. _network is null ? (string[])["--iptables=false", "--bridge=none"] : [],
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // An engine finds its containerd and runtime by PATH.
        if (_folder is not null)
            start.Environment["PATH"] = _folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        _process = Process.Start(start)!;
        var said = new Queue<string?>();
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
                said.Enqueue(line.Data);
        };
        _process.BeginErrorReadLine();
        for (var clock = Stopwatch.StartNew(); !await AnswersAsync(); await Task.Delay(50))
        {
            lock (said)
                Assert.False(
                    _process.HasExited || clock.Elapsed > Timeout,
                    "The engine did not start: " + string.Join("\n", said.TakeLast(5)));
        }
    }

    /// <summary>Stops the engine with SIGTERM as a service manager does, so that its containers end first.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Timeout);
    }

    /// <summary>Ends the engine as a power failure does. Its containers are ended too, as they would be.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Timeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await StopAsync();
        _process?.Dispose();
        // An engine that is stopped during a copy leaves its mounts behind.
        foreach (var mount in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')[1]).Where(path =>
            path.StartsWith(_directory.FullName, StringComparison.Ordinal)).Reverse().ToList())
        {
            using var umount = Process.Start("umount", ["--lazy", mount]);
            await umount.WaitForExitAsync();
        }

        _directory.Delete(true);
        if (IsSwarm)
            await _network!.DisposeAsync();
    }

    private static string? FolderOf(string? compose) =>
        compose is not null && Path.GetDirectoryName(compose) is { } folder && File.Exists(Path.Combine(folder, "dockerd"))
            ? folder
            : null;

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = Client(Host);
            return (await client.GetAsync(new Uri("http://docker/_ping"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task LoadBusyboxAsync()
    {
        using var from = Client(TestEngine.Host);
        using var to = Client(Host);
        using var image = await from.GetAsync(
            new Uri("http://docker/images/busybox/get"), HttpCompletionOption.ResponseHeadersRead);
        using var content = new StreamContent(await image.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        using var loaded = await to.PostAsync(new Uri("http://docker/images/load"), content);
        await loaded.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private async Task InitSwarmAsync()
    {
        using var client = Client(Host);
        using var content = new StringContent(
            "{\"ListenAddr\":\"127.0.0.1:2377\",\"AdvertiseAddr\":\"127.0.0.1\"}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("http://docker/swarm/init"), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static HttpClient Client(string host) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(host.Substring("unix://".Length)), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static string? WhyNot()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || Program is null || TestEngine.Socket.Length == 0)
            return "An engine of one's own needs root on Linux, dockerd, and an engine behind a socket.";
        try
        {
            using var probe = Process.Start("unshare", ["--net", "true"]);
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : "No network of one's own can be made here.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no unshare here.";
        }
    }
}
#endif
