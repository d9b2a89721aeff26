using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// GET /containers/json. The first call of Docker.DotNet takes 50 ms to compile, and most commands that only read need no other
/// of its calls.
/// </summary>
internal static class ListContainersCall
{
    public static async Task<IReadOnlyList<ContainerSummary>> ListAsync(
        this ContainersApi containers, bool all, Filters? filters, CancellationToken cancellationToken)
    {
        var listed = await containers.Requests.GetAsync(
            new Query("/containers/json").Add("all", all).Add("filters", filters),
            EngineJson.Default.ContainerSummaryArray, "containers", cancellationToken).ConfigureAwait(false);
        return containers.IsPodman ? Array.ConvertAll(listed, PodmanTranslation.Container) : listed;
    }
}
