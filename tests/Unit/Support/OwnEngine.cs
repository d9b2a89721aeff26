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

    /// <summary>The engine of COMPOSE_PEER's release, which is newer than the machine's; else the machine's.</summary>
    private static readonly string? SwarmProgram =
        TestEngine.Peer is { } peer && Path.Combine(Path.GetDirectoryName(peer)!, "dockerd") is var newer && File.Exists(newer)
            ? newer
            : Program;

    /// <summary>Whether it becomes a swarm of one node, so that it needs networks.</summary>
    private bool IsSwarm { get; init; }
    private Process? _process;

    /// <summary>Why no engine can be started, or null.</summary>
    public static string? Absence => Known.Value;

    private string Socket => Path.Combine(_directory.FullName, "engine.sock");

    /// <summary>The engine's address.</summary>
    public string Host => "unix://" + Socket;

    public static Task<OwnEngine> StartAsync() => StartAsync(new OwnEngine());

    /// <summary>Starts an engine that is a swarm of one node.</summary>
    public static Task<OwnEngine> StartSwarmAsync() => StartAsync(new OwnEngine { IsSwarm = true });

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
        var start = new ProcessStartInfo("unshare") { RedirectStandardError = true };
        string[] paths = ["--host", Host, "--data-root", At("data"), "--exec-root", At("exec"), "--pidfile", At("pid")];
        string[] arguments = IsSwarm
            ? ["--net", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\"", SwarmProgram!, .. paths]
            : ["--net", Program!, .. paths, "--iptables=false", "--bridge=none"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (IsSwarm)
            start.Environment["PATH"] = $"{Path.GetDirectoryName(SwarmProgram)}:{Environment.GetEnvironmentVariable("PATH")}";
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
    }

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
