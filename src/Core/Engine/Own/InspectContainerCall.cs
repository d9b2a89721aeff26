using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// GET /containers/{id}/json. Docker.DotNet fails to read the whole answer when it does not know the restart policy; it drops
/// Config.MacAddress, and has zero for what is not set.
/// </summary>
internal static class InspectContainerCall
{
    public static async Task<ContainerInspect> InspectAsync(
        this ContainersApi containers, string id, CancellationToken cancellationToken)
    {
        var inspect = await containers.Requests.GetAsync(
            new Query($"/containers/{Uri.EscapeDataString(id)}/json"), EngineJson.Default.ContainerInspect, id,
            cancellationToken).ConfigureAwait(false);
        return containers.IsPodman ? PodmanTranslation.Container(inspect) : inspect;
    }
}
