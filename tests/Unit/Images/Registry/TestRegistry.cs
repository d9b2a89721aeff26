using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Images.Build;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Tests.Support;

namespace Compose.Tests.Images.Registry;

/// <summary>A registry on loopback that requires a login, with busybox in it as test/busybox:1.</summary>
internal sealed class TestRegistry : IAsyncDisposable
{
    public const string User = "compose";
    public const string Password = "pass:word1";

    /// <summary>The output of htpasswd -B for this user and password.</summary>
    private const string PasswordLine = "compose:$2y$05$4d9EBiF9UePb1F1VHAZHceD3Nmw.2GZmoBBW5oMzPH7C4kpsoaxJy";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry");
    private readonly TokenServer? _tokens;
    private readonly Process _process;

    private TestRegistry(string challenge)
    {
        Port = FreePort();
        _tokens = challenge == "Bearer" ? new TokenServer(FreePort(), Path.Combine(_directory.FullName, "tokens.pem")) : null;
        File.WriteAllText(Path.Combine(_directory.FullName, "htpasswd"), PasswordLine + "\n");
        var check = _tokens?.Configuration ?? $"{{htpasswd: {{realm: test, path: {_directory.FullName}/htpasswd}}}}";
        var configuration = Path.Combine(_directory.FullName, "config.yml");
        File.WriteAllText(configuration, $$"""
            version: 0.1
            log: {level: error}
            storage:
              filesystem:
                rootdirectory: {{_directory.FullName}}/data
            http: {addr: "127.0.0.1:{{Port}}"}
            auth: {{check}}
            """);
        _process = Process.Start(
            new ProcessStartInfo("docker-registry", ["serve", configuration])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
    }

    public static string? Absence { get; } = TestEngine.Absence
        ?? (
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, "docker-registry")))
            ? null
            : "There is no program docker-registry (on Debian: apt-get install docker-registry).");

    public int Port { get; }

    /// <summary>A folder that is removed with the registry.</summary>
    public string Folder => _directory.FullName;

    /// <summary>The address of the registry in image names.</summary>
    public string Host => $"127.0.0.1:{Port}";

    public string Image => Host + "/test/busybox:1";

    /// <param name="challenge">Basic or Bearer.</param>
    public static async Task<TestRegistry> StartAsync(string challenge)
    {
        var registry = new TestRegistry(challenge);
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{registry.Host}/v2/"));
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.Equal(challenge, answer.Headers.WwwAuthenticate.First().Scheme);
                break;
            }
            catch (HttpRequestException) when (tries < 100)
            {
                await Task.Delay(100);
            }
        }

        using var session = await SessionAsync(registry.Login());
        await registry.BuildAsync(session);
        var digest = await ImagePusher.PushAsync(
            session.Engine, registry.Image, registry.Credentials(), new Progress(), CancellationToken.None);
        Assert.StartsWith("sha256:", digest, StringComparison.Ordinal);
        registry.Digest = digest!;
        await registry.RemoveImageAsync(session);
        return registry;
    }

    public string Digest { get; private set; } = "";

    public Dictionary<string, RegistryLogin> Login(string password = Password) => new()
    {
        [Host] = new RegistryLogin(User, password),
    };

    public RegistryCredentials Credentials(string password = Password) => new("/nonexistent", Login(password));

    /// <summary>A session with logins, and with docker's configuration if a directory is given.</summary>
    public static Task<ProjectSession> SessionAsync(
        IReadOnlyDictionary<string, RegistryLogin>? logins = null, string? configuration = null) => ProjectSession.ConnectAsync(
        new SessionRequest
        {
            EngineHost = TestEngine.Host,
            Environment = configuration is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["DOCKER_CONFIG"] = configuration },
            HomeDirectory = "/nonexistent",
            Logins = logins ?? new Dictionary<string, RegistryLogin>(),
        }, CancellationToken.None);

    public static async Task<bool> ExistsAsync(EngineClient engine, string image, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Images.InspectAsync(image, cancellationToken);
            return true;
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    public async Task RemoveImageAsync(ProjectSession session)
    {
        if (await ExistsAsync(session.Engine, Image, CancellationToken.None))
            await session.Engine.Images.RemoveAsync(Image, true, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _tokens?.Dispose();
        using (var session = await SessionAsync())
            await RemoveImageAsync(session);
        _directory.Delete(true);
    }

    /// <summary>Busybox with a layer that no engine has, built without BuildKit so that no cache keeps it.</summary>
    private async Task BuildAsync(ProjectSession session)
    {
        var directory = _directory.CreateSubdirectory("context");
        await File.WriteAllBytesAsync(
            Path.Combine(directory.FullName, "layer"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000));
        using var context = BuildContext.Open(
            new BuildDefinition { Context = directory.FullName, DockerfileInline = "FROM busybox\nCOPY layer /\n" },
            text => text);
        var query = BuildImageCall.NewQuery()
            .Add("version", "1")
            .Add("rm", true)
            .Add("dockerfile", context.DockerfileName)
            .Add("t", Image);
        await foreach (var message in session.Engine.Images.BuildAsync(query, context, null, Image, CancellationToken.None))
            Assert.Null(message.Error);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Records the reported progress.</summary>
    internal sealed class Progress : IEventSink
    {
        public List<ProgressEvent> Events { get; } = [];

        public void Emit(ComposeEvent composeEvent)
        {
            if (composeEvent is ProgressEvent progress)
            {
                lock (Events)
                    Events.Add(progress);
            }
        }

        public ValueTask EmitAsync(ComposeEvent composeEvent, CancellationToken cancellationToken)
        {
            Emit(composeEvent);
            return default;
        }
    }
}
