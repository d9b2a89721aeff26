using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>GET /distribution/{name}/json. Docker.DotNet sends no login, which private repositories need.</summary>
internal static class InspectDistributionCall
{
    /// <summary>Reads what the registry currently has for an image name; the engine queries the registry first.</summary>
    public static Task<DistributionInspect> DistributionAsync(
        this ImagesApi images, string name, string? authorization, CancellationToken cancellationToken) =>
        images.Requests.Lasting.ReadAsync(
            HttpMethod.Get, new Query($"/distribution/{name}/json"), EngineJson.Default.DistributionInspect, null, name,
            authorization is null ? null : new("X-Registry-Auth", authorization), cancellationToken);
}
