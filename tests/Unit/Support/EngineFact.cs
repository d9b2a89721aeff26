using Compose.Engine.Endpoint;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Tests.Support;

/// <summary>
/// A test on the engine that COMPOSE_TEST_ENGINE names (a socket's path, or an address as DOCKER_HOST has it); skipped where none
/// answers.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineFactAttribute : FactAttribute
{
    public EngineFactAttribute() => Skip = TestEngine.Absence;
}

/// <summary>Like <see cref="EngineFactAttribute"/>, for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EngineTheoryAttribute : TheoryAttribute
{
    public EngineTheoryAttribute() => Skip = TestEngine.Absence;
}

/// <summary>
/// A test beside docker compose: needs an engine and COMPOSE_PEER, the path of docker-compose 2.40 or newer, and where it says so
/// the data of COMPOSE_SHARED. A test of what 2.26.1 does needs COMPOSE_PEER_OLD instead.
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

/// <summary>The engine tests run on.</summary>
internal static class TestEngine
{
    private static readonly string Named = Environment.GetEnvironmentVariable("COMPOSE_TEST_ENGINE") ?? "/var/run/docker.sock";
    public static readonly string? Peer = Environment.GetEnvironmentVariable("COMPOSE_PEER") is { Length: > 0 } path
        ? path
        : null;

    /// <summary>docker compose 2.26.1 as Debian builds it, for tests of the rules of that release.</summary>
    public static readonly string? OldPeer = Environment.GetEnvironmentVariable("COMPOSE_PEER_OLD") is { Length: > 0 } path
        ? path
        : null;

    /// <summary>Its address, <c>unix:///run/docker.sock</c> or <c>npipe:////./pipe/docker_engine</c>.</summary>
    public static readonly string Host = Named.IndexOf("://", StringComparison.Ordinal) > 0 ? Named : "unix://" + Named;

    /// <summary>The path of its socket; empty where it is reached by a pipe or by tcp.</summary>
    public static readonly string Socket = Host.StartsWith("unix://", StringComparison.Ordinal)
        ? Host.Substring("unix://".Length)
        : "";

    private static readonly Lazy<string?> Known = new(() => Task.Run(AbsenceAsync).GetAwaiter().GetResult());

    /// <summary>Why no engine test can run, or null.</summary>
    public static string? Absence => Known.Value;

    /// <summary>A connection of its own to the engine, for what stands between it and a client.</summary>
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
