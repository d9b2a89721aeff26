using Compose.Engine.Api;

namespace Compose.Engine.Own;

/// <summary>
/// POST /containers/{id}/stop and /containers/{id}/restart. Docker.DotNet does not send an optional number that is zero: for a
/// stop without a grace period (t=0), the engine would wait ten seconds.
/// </summary>
internal static class StopContainerCall
{
    /// <param name="containers">The engine's containers.</param>
    /// <param name="id">The container.</param>
    /// <param name="seconds">The grace period; null uses the container's own.</param>
    /// <param name="cancellationToken">Stops waiting; the engine still stops the container.</param>
    public static Task StopAsync(this ContainersApi containers, string id, int? seconds, CancellationToken cancellationToken) =>
        SendAsync(
            containers, containers.Requests, new Query($"/containers/{Uri.EscapeDataString(id)}/stop"), id, seconds,
            cancellationToken);

    /// <param name="containers">The engine's containers.</param>
    /// <param name="id">The container.</param>
    /// <param name="seconds">The grace period of the stop; null uses the container's own.</param>
    /// <param name="cancellationToken">Stops waiting; the engine still restarts the container.</param>
    public static Task RestartAsync(
        this ContainersApi containers, string id, int? seconds, CancellationToken cancellationToken) =>
        SendAsync(
            containers, containers.Requests.Lasting, new Query($"/containers/{Uri.EscapeDataString(id)}/restart"), id, seconds,
            cancellationToken);

    private static Task SendAsync(
        ContainersApi containers,
        EngineRequests requests,
        Query query,
        string id,
        int? seconds,
        CancellationToken cancellationToken) =>
        requests
            .After(seconds, async token => (await containers.InspectAsync(id, token).ConfigureAwait(false)).Config.StopTimeout)
            .DoAsync(HttpMethod.Post, query.Add("t", seconds), null, id, cancellationToken);
}
