using System.Globalization;
using Compose.Engine.Dto;

namespace Compose.Execute.Waiting;

/// <summary>The addresses at which a container's ports can be reached from here.</summary>
internal static class ReachablePorts
{
    /// <summary>
    /// One address of every published tcp port, or of the requested port. If that is not published and the engine is local, the
    /// container's own address.
    /// </summary>
    public static IReadOnlyList<(string Host, int Port)> Of(ContainerInspect look, int? wanted, string engineHost, bool isLocal)
    {
        var published = (look.NetworkSettings?.Ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())
            .Where(binding =>
                binding.Key.EndsWith("/tcp", StringComparison.Ordinal)
                    && (wanted is null || binding.Key.Split('/')[0] == wanted.Value.ToString(CultureInfo.InvariantCulture)))
            .Select(binding => binding.Value?.OrderBy(address => address.HostIp?.IndexOf(':') >= 0).FirstOrDefault())
            .OfType<PortBinding>()
            .Select(binding =>
                (PortProbe.Host(engineHost, binding.HostIp), int.Parse(binding.HostPort!, CultureInfo.InvariantCulture)))
                    .ToList();
        if (published.Count > 0 || wanted is not { } port || !isLocal)
            return published;
        var address = look.NetworkSettings?.Networks?.Values.Select(endpoint => endpoint.IPAddress)
            .FirstOrDefault(ip => !string.IsNullOrEmpty(ip));
        return address is null ? [] : [(address, port)];
    }
}
