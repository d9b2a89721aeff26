using Compose.Files.Canonical;
using Compose.Model;

namespace Compose.Plan.Prepare;

/// <summary>Replaces references to other services by container ids. The config hash is that of the result.</summary>
internal static class ServiceReferences
{
    /// <param name="service">The service.</param>
    /// <param name="ids">Container id by service.</param>
    public static ServiceDefinition Resolve(ServiceDefinition service, IReadOnlyDictionary<string, string> ids) =>
        ids.Count == 0 && service.VolumesFrom.Count == 0 ? service : service with
    {
        NetworkMode = Mode(service.NetworkMode, ids),
        Ipc = Mode(service.Ipc, ids),
        Pid = Mode(service.Pid, ids),
        VolumesFrom = [.. service.VolumesFrom.Select(from => Volumes(from, ids))],
    };

    /// <summary>The service to hash: as in docker compose, without the modes in volumes_from.</summary>
    public static ServiceDefinition ForHash(ServiceDefinition resolved) =>
        resolved.VolumesFrom.Count == 0 ? resolved : resolved with
    {
        VolumesFrom = [.. resolved.VolumesFrom.Select(from => from.Split(':')[0])],
    };

    private static string? Mode(string? mode, IReadOnlyDictionary<string, string> ids) =>
        ServiceName.In(mode) is { } name && ids.TryGetValue(name, out var id) ? "container:" + id : mode;

    private static string Volumes(string from, IReadOnlyDictionary<string, string> ids)
    {
        if (from.StartsWith("container:", StringComparison.Ordinal))
            return from.Substring("container:".Length);
        var parts = from.Split([':'], 2);
        return ids.TryGetValue(parts[0], out var id) ? string.Join(":", [id, .. parts.Skip(1)]) : from;
    }
}
