using Compose.Engine.Api;

namespace Compose.Engine.Own;

/// <summary>
/// GET /containers/{id}/export. Docker.DotNet cannot read the answer over a connection of its own, as <c>GetLongAsync</c> does,
/// which is faster for much data.
/// </summary>
internal static class ExportContainerCall
{
    /// <summary>Reads the whole file system of a container as a tar archive. The caller disposes the stream.</summary>
    public static async Task<Stream> ExportAsync(
        this ContainersApi containers, string id, CancellationToken cancellationToken)
    {
        var requests = containers.Requests;
        var query = new Query($"/containers/{Uri.EscapeDataString(id)}/export");
        var response = await requests.GetLongAsync(query, id, cancellationToken).ConfigureAwait(false);
        return await requests.ContentAsync(response).ConfigureAwait(false);
    }
}
