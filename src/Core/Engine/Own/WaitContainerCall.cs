using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// POST /containers/{id}/wait. Docker.DotNet cannot say what to wait for, and returns only when the container has exited. A
/// caller could not start the container after the wait has begun, and would miss a short run.
/// </summary>
internal static class WaitContainerCall
{
    /// <summary>
    /// Waits for a container to exit. The outer task completes once the engine is waiting, so the exit of a container started
    /// after that cannot be missed. Podman answers only at the exit, so there the outer task completes then.
    /// </summary>
    /// <param name="containers">The engine's containers.</param>
    /// <param name="id">The container.</param>
    /// <param name="condition">next-exit, not-running or removed (POST /containers/{id}/wait).</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<Task<WaitResponse>> WaitAsync(
        this ContainersApi containers, string id, string condition, CancellationToken cancellationToken)
    {
        var requests = containers.Requests;
        var sender = containers.IsPodman ? requests.Endless : requests;
        var query = new Query($"/containers/{Uri.EscapeDataString(id)}/wait").Add("condition", condition);
        var response = await sender.SendAsync(HttpMethod.Post, query, null, id, null, cancellationToken).ConfigureAwait(false);
        return requests.ReadAsync(response, EngineJson.Default.WaitResponse, id, cancellationToken);
    }
}
