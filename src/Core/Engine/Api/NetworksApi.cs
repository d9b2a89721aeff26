using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>The engine's networks.</summary>
internal sealed class NetworksApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool reportsIPv4)
    : NetworkCalls(library, calls, reportsIPv4)
{
    /// <summary>
    /// Creates a network without Docker.DotNet, which cannot send CheckDuplicate: an engine older than API 1.44 would create a
    /// second network of the same name.
    /// </summary>
    public async Task<string> CreateAsync(NetworkResource request, CancellationToken cancellationToken)
    {
        var content = EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.NetworkResource));
        var query = new Query("/networks/create");
        var created = await requests.ReadAsync(
            HttpMethod.Post, query, EngineJson.Default.IdResponse, content, request.Name, cancellationToken)
            .ConfigureAwait(false);
        return created.Id;
    }
}
