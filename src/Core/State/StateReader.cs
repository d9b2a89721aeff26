using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.State;

/// <summary>Looks at the engine: one list per kind of resource, all at once, whatever the project's size.</summary>
internal sealed class StateReader(EngineClient engine)
{
    /// <summary>Everything a plan depends on.</summary>
    public async Task<ObservedState> ObserveAsync(string projectName, CancellationToken cancellationToken)
    {
        var containers = engine.Containers.ListAsync(true, OfProject(projectName), cancellationToken);
        var networks = engine.Networks.ListAsync(null, cancellationToken);
        var volumes = engine.Volumes.ListAsync(null, cancellationToken);
        var images = engine.Images.ListAsync(null, cancellationToken);
        await Task.WhenAll(containers, networks, volumes, images).ConfigureAwait(false);
        return new ObservedState
        {
            EngineHost = engine.EngineHost,
            ProjectName = projectName,
            ApiMinor = engine.ApiVersion.Minor,
            Containers = [.. (await containers.ConfigureAwait(false)).Where(IsComposes).Select(ContainerReading.Observe)],
            Networks = [.. (await networks.ConfigureAwait(false)).Select(network =>
                new ObservedNetwork(network.Id ?? "", network.Name, network.Labels ?? new Dictionary<string, string>(), network.Driver))],
            Volumes = [.. (await volumes.ConfigureAwait(false)).Select(volume => new ObservedVolume(volume.Name, volume.Labels ?? new Dictionary<string, string>()))],
            Images = [.. (await images.ConfigureAwait(false)).Select(Image)],
        };
    }

    /// <summary>The project's containers alone, one request.</summary>
    public async Task<ObservedState> ObserveContainersAsync(string projectName, CancellationToken cancellationToken)
    {
        var containers = await engine.Containers.ListAsync(true, OfProject(projectName), cancellationToken).ConfigureAwait(false);
        return new ObservedState
        {
            EngineHost = engine.EngineHost,
            ProjectName = projectName,
            ApiMinor = engine.ApiVersion.Minor,
            Containers = [.. containers.Where(IsComposes).Select(ContainerReading.Observe)],
        };
    }

    /// <summary>The images alone, after pulls and builds.</summary>
    public async Task<ObservedState> RefreshImagesAsync(ObservedState state, CancellationToken cancellationToken) =>
        state with { Images = [.. (await engine.Images.ListAsync(null, cancellationToken).ConfigureAwait(false)).Select(Image)] };

    /// <summary>Containers of one project, or of all, as the engine lists them.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(string? projectName, bool all, CancellationToken cancellationToken)
    {
        var filters = projectName is null ? Filters.Label(ComposeLabels.Project, ComposeLabels.ConfigHash) : OfProject(projectName);
        return [.. (await engine.Containers.ListAsync(all, filters, cancellationToken).ConfigureAwait(false)).Where(IsComposes)];
    }

    private static Filters OfProject(string projectName) => Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName));

    /// <summary>Without a hash a container is invisible to docker compose, hooks excepted.</summary>
    private static bool IsComposes(ContainerSummary summary) =>
        summary.Labels is { } labels && (labels.ContainsKey(ComposeLabels.ConfigHash) || labels.ContainsKey(ComposeLabels.Hook));

    private static ObservedImage Image(ImageSummary image) =>
        new(image.Id, [.. image.RepoTags ?? [], .. image.RepoDigests ?? []], image.Labels ?? new Dictionary<string, string>());
}
