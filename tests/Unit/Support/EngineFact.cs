namespace Compose.Tests.Support;

/// <summary>A test on the engine that COMPOSE_TEST_ENGINE names (a socket's path); skipped where none answers.</summary>
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
/// A test beside docker compose: needs an engine and COMPOSE_PEER, the path of docker-compose 2.40 or newer, and where it says so the data
/// of COMPOSE_SHARED. A test of what 2.26.1 does needs COMPOSE_PEER_OLD instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(bool overSharedData = false, bool old = false) => Skip = TestEngine.Absence
        ?? ((old ? TestEngine.OldPeer : TestEngine.Peer) is null ? $"{(old ? "COMPOSE_PEER_OLD" : "COMPOSE_PEER")} names no docker-compose." : null)
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
    public static readonly string Socket = Environment.GetEnvironmentVariable("COMPOSE_TEST_ENGINE") ?? "/var/run/docker.sock";
    public static readonly string? Peer = Environment.GetEnvironmentVariable("COMPOSE_PEER") is { Length: > 0 } path ? path : null;

    /// <summary>docker compose 2.26.1 as Debian builds it, for tests of the rules of that release.</summary>
    public static readonly string? OldPeer = Environment.GetEnvironmentVariable("COMPOSE_PEER_OLD") is { Length: > 0 } path ? path : null;

    /// <summary>Why no engine test can run, or null.</summary>
    public static readonly string? Absence = Answers() ? null : $"No engine answers at {Socket}.";

    public static string Host => "unix://" + Socket;

    private static bool Answers()
    {
        try
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
            socket.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(Socket));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
