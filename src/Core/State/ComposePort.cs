namespace Compose.State;

/// <summary>A published port of a container.</summary>
public sealed record ComposePort
{
    public required string EngineHost { get; init; }
    public required string ProjectName { get; init; }
    public required string Service { get; init; }
    public required string Container { get; init; }

    /// <summary>The replica's number; 0 for a one-off.</summary>
    public int Replica { get; init; }

    /// <summary>The container's port.</summary>
    public int PrivatePort { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>The address of the engine's host that the port is published on; 0.0.0.0 for all.</summary>
    public string HostIP { get; init; } = "";

    /// <summary>The port of the engine's host.</summary>
    public int HostPort { get; init; }

    /// <summary>The address and port as docker compose shows them: <c>0.0.0.0:8080</c>.</summary>
    public string Endpoint => HostIP.IndexOf(':') >= 0 ? $"[{HostIP}]:{HostPort}" : $"{HostIP}:{HostPort}";

    /// <inheritdoc/>
    public override string ToString() => Endpoint;
}
