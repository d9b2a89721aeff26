using System.Runtime.InteropServices;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Tests.Support;

/// <summary>
/// A test that needs the engine of COMPOSE_TEST_ENGINE (a socket's path, or an address like those of DOCKER_HOST). Skipped if no
/// engine answers.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute() => (Skip, Timeout) = (TestEngine.Absence, TestEngine.TimeLimit);
}

/// <summary>Like <see cref="EngineFactAttribute"/>, for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute() => (Skip, Timeout) = (TestEngine.Absence, TestEngine.TimeLimit);
}

/// <summary>
/// A test that compares with docker compose. It needs an engine and COMPOSE_PEER, the path of docker-compose 2.40 or newer, or
/// for 2.26.1 COMPOSE_PEER_OLD; and optionally the data of COMPOSE_SHARED.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(bool overSharedData = false, bool old = false) => Skip = TestEngine.Absence
        ?? (
            (old ? TestEngine.OldPeer : TestEngine.Peer) is null
                ? $"{(old ? "COMPOSE_PEER_OLD" : "COMPOSE_PEER")} names no docker-compose."
                : null)
        ?? (overSharedData && SharedData.Folder is null ? "COMPOSE_SHARED names no reference data." : null);
}

/// <summary>Like <see cref="PeerFactAttribute"/>, for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute() => Skip = new PeerFactAttribute().Skip;
}

/// <summary>The engine that tests use.</summary>
internal static class TestEngine
{
    private static readonly string Named = Environment.GetEnvironmentVariable("COMPOSE_TEST_ENGINE") ?? "/var/run/docker.sock";
    public static readonly string? Peer = Environment.GetEnvironmentVariable("COMPOSE_PEER") is { Length: > 0 } path
        ? path
        : null;

    /// <summary>The path of Debian's docker compose 2.26.1, for tests of that release's rules.</summary>
    public static readonly string? OldPeer = Environment.GetEnvironmentVariable("COMPOSE_PEER_OLD") is { Length: > 0 } path
        ? path
        : null;

    /// <summary>The engine's address, <c>unix:///run/docker.sock</c> or <c>npipe:////./pipe/docker_engine</c>.</summary>
    public static readonly string Host = Named.IndexOf("://", StringComparison.Ordinal) > 0 ? Named : "unix://" + Named;

    /// <summary>The path of the engine's socket; empty if the address is a pipe or TCP.</summary>
    public static readonly string Socket = Host.StartsWith("unix://", StringComparison.Ordinal)
        ? Host.Substring("unix://".Length)
        : "";

    /// <summary>
    /// In milliseconds; 0 for none. Under Wine a connection now and then stands still, and would hold the run until the request's
    /// own limit of ten minutes. It fails the test instead, and that runs once more.
    /// </summary>
    public static readonly int TimeLimit = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? 180_000 : 0;

    private static readonly Lazy<string?> Known = new(() => Task.Run(AbsenceAsync).GetAwaiter().GetResult());

    /// <summary>Why engine tests are skipped, or null.</summary>
    public static string? Absence => Known.Value;

    /// <summary>Opens a new connection to the engine, for proxies.</summary>
    public static Task<Stream> DialAsync(CancellationToken cancellationToken = default) =>
        new EngineDialer(new EngineEndpoint(EngineAddress.Parse(Host))).DialAsync(cancellationToken);

    private static async Task<string?> AbsenceAsync()
    {
        try
        {
            using var connection = await DialAsync();
            return null;
        }
        catch (ComposeException)
        {
            return $"No engine answers at {Host}.";
        }
    }
}
