namespace Compose.State;

/// <summary>A port of a container.</summary>
/// <param name="HostIP">The host address the port is published on, or null if it is only exposed.</param>
/// <param name="HostPort">The host's port, or null if it is only exposed.</param>
/// <param name="ContainerPort">The container's port.</param>
/// <param name="Protocol">tcp, udp or sctp.</param>
public sealed record PublishedPort(string? HostIP, int? HostPort, int ContainerPort, string Protocol)
{
    /// <inheritdoc/>
    public override string ToString() =>
        HostPort is null ? $"{ContainerPort}/{Protocol}" : $"{HostIP}:{HostPort}->{ContainerPort}/{Protocol}";
}
