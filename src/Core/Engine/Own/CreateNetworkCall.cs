using System.Text.Json;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Own;

/// <summary>
/// POST /networks/create. Docker.DotNet cannot send CheckDuplicate: an engine older than API 1.44 would create a second network
/// of the same name.
/// </summary>
internal static class CreateNetworkCall
{
    public static async Task<string> CreateAsync(
        this NetworksApi networks, NetworkResource request, CancellationToken cancellationToken)
    {
        var content = EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.NetworkResource));
        var created = await networks.Requests.ReadAsync(
            HttpMethod.Post, new Query("/networks/create"), EngineJson.Default.IdResponse, content, request.Name,
            cancellationToken).ConfigureAwait(false);
        return created.Id;
    }
}
