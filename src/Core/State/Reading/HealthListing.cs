using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;

namespace Compose.State.Reading;

/// <summary>
/// Lists containers with their health in the status text. Podman's list does not have it, so there each running container is
/// inspected.
/// </summary>
internal sealed class HealthListing(EngineClient engine)
{
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(bool all, Filters? filters, CancellationToken cancellationToken)
    {
        var listed = await engine.Containers.ListAsync(all, filters, cancellationToken).ConfigureAwait(false);
        if (!engine.IsPodman)
            return listed;
        var inspections = listed.Select(summary => WithHealthAsync(summary, cancellationToken));
        return await Task.WhenAll(inspections).ConfigureAwait(false);
    }

    private async Task<ContainerSummary> WithHealthAsync(ContainerSummary summary, CancellationToken cancellationToken)
    {
        if (summary.State != "running")
            return summary;
        var inspection = engine.Containers.InspectAsync(summary.Id, cancellationToken);
        var inspect = await StateReader.PresentAsync(inspection).ConfigureAwait(false);
        return summary with { Status = summary.Status + Text(inspect?.State.Health?.Status) };
    }

    private static string Text(string? health) => health switch
    {
        "healthy" or "unhealthy" => $" ({health})",
        "starting" => " (health: starting)",
        _ => "",
    };
}
