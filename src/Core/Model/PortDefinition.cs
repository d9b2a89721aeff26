namespace Compose.Model;

/// <summary>A published or exposed port.</summary>
public sealed record PortDefinition
{
    public string? Name { get; init; }
    public string? HostIP { get; init; }

    /// <summary>The container's port.</summary>
    public required int Target { get; init; }

    /// <summary>The host's port or range (<c>8000-8010</c>); null lets the engine choose a port.</summary>
    public string? Published { get; init; }

    /// <summary>tcp, udp or sctp.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>ingress or host.</summary>
    public string Mode { get; init; } = "ingress";

    /// <summary>
    /// Whether the file sets protocol and mode; the short form sets both. docker compose before 2.29 writes them only then.
    /// </summary>
    internal bool ProtocolIsSet { get; init; } = true;
    internal bool ModeIsSet { get; init; } = true;
    public string? AppProtocol { get; init; }
    public Files.Origin Origin { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Published is null ? $"{Target}/{Protocol}" : $"{Published}:{Target}/{Protocol}";
}
