#if NET
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Compose.Engine.Api;
using Compose.Execute.Session;
using Compose.Tests.Support;

namespace Compose.Tests.Swarm.Specs;

/// <summary>
/// A test that compares with docker stack deploy. It needs root on Linux, and docker and dockerd beside the docker-compose that
/// COMPOSE_PEER names.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StackPeerFactAttribute : FactAttribute
{
    public StackPeerFactAttribute(bool overSharedData = false) => Skip = StackPeer.Absence
        ?? (overSharedData && SharedData.Folder is null ? "COMPOSE_SHARED names no reference data." : null);
}

/// <summary>
/// An engine of one test's own that is a swarm, and the docker program beside it. Its one node is drained: specs are compared,
/// and tasks would only fail for want of images.
/// </summary>
internal sealed class StackPeer : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly string Programs = Path.GetDirectoryName(TestEngine.Peer ?? "") ?? "";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stack");
    private Process? _process;
    private ProjectSession? _session;

    /// <summary>Why no such engine can be started, or null.</summary>
    public static string? Absence =>
        !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "An engine of one's own needs root on Linux."
        : File.Exists(Path.Combine(Programs, "dockerd")) && File.Exists(Path.Combine(Programs, "docker")) ? OwnEngine.Absence
        : "There are no docker and dockerd beside the docker-compose that COMPOSE_PEER names.";

    public EngineClient Engine => _session!.Engine;

    private string Socket => At("engine.sock");

    public static async Task<StackPeer> StartAsync()
    {
        var peer = new StackPeer();
        try
        {
            await peer.BeginAsync();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs docker. Returns its exit code and output.</summary>
    public async Task<(int Code, string Output)> DockerAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, "docker"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["DOCKER_HOST"] = "unix://" + Socket;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Timeout);
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>What the engine itself answers.</summary>
    public async Task<JsonArray> ListAsync(string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return (JsonArray)JsonNode.Parse(await client.GetStringAsync(new Uri("http://docker" + path)))!;
    }

    public async ValueTask DisposeAsync()
    {
        _session?.Dispose();
        if (_process is { HasExited: false })
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync().WaitAsync(Timeout);
        }

        _process?.Dispose();
        foreach (var mount in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')[1]).Where(path =>
            path.StartsWith(_directory.FullName, StringComparison.Ordinal)).Reverse().ToList())
        {
            using var umount = Process.Start("umount", ["--lazy", mount]);
            await umount.WaitForExitAsync();
        }

        _directory.Delete(true);
    }

    private async Task BeginAsync()
    {
        var start = new ProcessStartInfo("unshare") { RedirectStandardError = true };
        foreach (var argument in new[] {
            "--net", "sh", "-c", "ip link set lo up && exec dockerd \"$@\"", "dockerd", "--host", "unix://" + Socket,
            "--data-root", At("data"), "--exec-root", At("exec"), "--pidfile", At("pid")})
            start.ArgumentList.Add(argument);
        start.Environment["PATH"] = Programs + ":" + Environment.GetEnvironmentVariable("PATH");
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

        var (code, output) = await DockerAsync(
            "/", new Dictionary<string, string>(), "swarm", "init", "--advertise-addr", "127.0.0.1", "--availability", "drain");
        Assert.True(code == 0, output);
        _session = await ProjectSession.ConnectAsync(
            new SessionRequest
            {
                EngineHost = "unix://" + Socket,
                Environment = new Dictionary<string, string>(),
                HomeDirectory = "/nonexistent",
            },
            CancellationToken.None);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ListAsync("/images/json");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);
}
#endif
