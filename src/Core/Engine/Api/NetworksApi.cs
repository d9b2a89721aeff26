using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>The API's /networks.</summary>
internal sealed class NetworksApi(EngineRequests requests)
{
    public async Task<IReadOnlyList<NetworkResource>> ListAsync(Filters? filters, CancellationToken cancellationToken) =>
        await requests.GetAsync(
            new Query("/networks").Add("filters", filters), EngineJson.Default.NetworkResourceArray, "networks",
            cancellationToken).ConfigureAwait(false);

    public Task<NetworkResource> InspectAsync(string id, CancellationToken cancellationToken) =>
        requests.GetAsync(new Query("/networks/" + id), EngineJson.Default.NetworkResource, id, cancellationToken);

    public async Task<string> CreateAsync(NetworkResource request, CancellationToken cancellationToken)
    {
        var content = EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.NetworkResource));
        var created = await requests.ReadAsync(
            HttpMethod.Post, new Query("/networks/create"), EngineJson.Default.IdResponse, content, request.Name,
            cancellationToken).ConfigureAwait(false);
        return created.Id;
    }

    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        requests.DoAsync(HttpMethod.Delete, new Query("/networks/" + id), null, id, cancellationToken);

    public Task ConnectAsync(string id, string container, EndpointSettings? settings, CancellationToken cancellationToken) =>
        requests.DoAsync(HttpMethod.Post, new Query($"/networks/{id}/connect"),
            EngineTransport.Json(
                JsonSerializer.SerializeToUtf8Bytes(
                    new NetworkConnectRequest(container, settings), EngineJson.Default.NetworkConnectRequest)),
            id, cancellationToken);

    public Task DisconnectAsync(string id, string container, CancellationToken cancellationToken) =>
        requests.DoAsync(HttpMethod.Post, new Query($"/networks/{id}/disconnect"),
            EngineTransport.Json(
                JsonSerializer.SerializeToUtf8Bytes(
                    new NetworkDisconnectRequest(container, true), EngineJson.Default.NetworkDisconnectRequest)),
            id, cancellationToken);
}
