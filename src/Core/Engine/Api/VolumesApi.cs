using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>The API's /volumes.</summary>
internal sealed class VolumesApi(EngineRequests requests)
{
    public async Task<IReadOnlyList<VolumeResource>> ListAsync(Filters? filters, CancellationToken cancellationToken)
    {
        var list = await requests.GetAsync(
            new Query("/volumes").Add("filters", filters), EngineJson.Default.VolumeList, "volumes",
            cancellationToken).ConfigureAwait(false);
        return list.Volumes ?? [];
    }

    /// <summary>The volume as it is now.</summary>
    public Task<VolumeResource> CreateAsync(CreateVolumeRequest request, CancellationToken cancellationToken)
    {
        var content = EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.CreateVolumeRequest));
        var query = new Query("/volumes/create");
        return requests.ReadAsync(
            HttpMethod.Post, query, EngineJson.Default.VolumeResource, content, request.Name, cancellationToken);
    }

    /// <summary>Its files are deleted before the engine answers.</summary>
    public Task RemoveAsync(string name, bool force, CancellationToken cancellationToken) =>
        requests.Lasting.DoAsync(
            HttpMethod.Delete, new Query("/volumes/" + name).Add("force", force), null, name, cancellationToken);
}
