using System.Runtime.InteropServices;
using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.State.Reading;

/// <summary>Looks at the engine: one list per kind of resource, all at once, whatever the project's size.</summary>
internal sealed class StateReader(EngineClient engine)
{
    private readonly HealthListing _health = new(engine);

    /// <summary>Everything a plan depends on.</summary>
    public async Task<ObservedState> ObserveAsync(string projectName, CancellationToken cancellationToken)
    {
        var containers = _health.ListAsync(true, OfProject(projectName), cancellationToken);
        var networks = engine.Networks.ListAsync(null, cancellationToken);
        var volumes = engine.Volumes.ListAsync(null, cancellationToken);
        var images = engine.Images.ListAsync(null, cancellationToken);
        await Task.WhenAll(containers, networks, volumes, images).ConfigureAwait(false);
        return new ObservedState
        {
            EngineHost = engine.EngineHost,
            ProjectName = projectName,
            ApiMinor = engine.ApiVersion.Minor,
            OSType = engine.OSType,
            OwnPlatforms = ImagePlatform.Own(engine.OSType, RuntimeInformation.OSArchitecture),
            IsPodman = engine.IsPodman,
            Containers = [
                .. (await containers.ConfigureAwait(false)).Where(IsComposes).Where(IsThere).Select(ContainerReading.Observe)],
            Removing = [
                .. (await containers.ConfigureAwait(false))
                .Where(IsComposes)
                .Where(container => !IsThere(container))
                .Select(ContainerReading.Observe)],
            Networks = [.. (await networks.ConfigureAwait(false)).Select(network =>
                new ObservedNetwork(
                    network.Id ?? "", network.Name, network.Labels ?? new Dictionary<string, string>(),
                    network.Driver) { Resource = network })],
            Volumes = [
                .. (await volumes.ConfigureAwait(false))
                .Select(volume =>
                    new ObservedVolume(volume.Name, volume.Labels ?? new Dictionary<string, string>()) { Resource = volume })],
            Images = [.. (await images.ConfigureAwait(false)).Select(Image)],
        };
    }

    /// <summary>The project's containers alone, one request.</summary>
    public async Task<ObservedState> ObserveContainersAsync(string projectName, CancellationToken cancellationToken)
    {
        var containers = await _health.ListAsync(true, OfProject(projectName), cancellationToken).ConfigureAwait(false);
        return new ObservedState
        {
            EngineHost = engine.EngineHost,
            ProjectName = projectName,
            ApiMinor = engine.ApiVersion.Minor,
            OSType = engine.OSType,
            IsPodman = engine.IsPodman,
            Containers = [.. containers.Where(IsComposes).Where(IsThere).Select(ContainerReading.Observe)],
        };
    }

    /// <summary>Adds what inspect tells of some containers and images; one that is gone meanwhile is left out.</summary>
    public async Task<ObservedState> InspectAsync(
        ObservedState state, IReadOnlyList<string> containers, IReadOnlyList<string> images, CancellationToken cancellationToken)
    {
        var inspected = await Task.WhenAll(
            containers.Select(id => PresentAsync(engine.Containers.InspectAsync(id, cancellationToken)))).ConfigureAwait(false);
        var inspectedImages = await Task.WhenAll(
            images.Select(name => PresentAsync(engine.Images.InspectAsync(name, cancellationToken)))).ConfigureAwait(false);
        return state with
        {
            Inspected = containers.Zip(inspected, (id, inspect) => (id, inspect)).Where(pair => pair.inspect is not null)
                .ToDictionary(pair => pair.id, pair => pair.inspect!),
            InspectedImages = images.Zip(inspectedImages, (name, image) => (name, image))
                .Where(pair => pair.image is not null)
                .ToDictionary(pair => pair.name, pair => pair.image!),
        };
    }

    /// <summary>
    /// Adds who is on some networks, which their list does not tell; one that is gone meanwhile is left as it was seen.
    /// </summary>
    public async Task<ObservedState> InspectNetworksAsync(
        ObservedState state, IReadOnlyList<string> networks, CancellationToken cancellationToken)
    {
        var inspected = await Task.WhenAll(
            networks.Select(id => PresentAsync(engine.Networks.InspectAsync(id, cancellationToken)))).ConfigureAwait(false);
        var known = networks.Zip(inspected, (id, network) => (id, network)).Where(pair => pair.network is not null)
            .ToDictionary(pair => pair.id, pair => pair.network!);
        return state with
        {
            Networks = [
                .. state.Networks.Select(network =>
                    known.TryGetValue(network.Id, out var resource) ? network with { Resource = resource } : network)],
        };
    }

    /// <summary>Adds which containers of others use some volumes, one request.</summary>
    public async Task<ObservedState> ListVolumeUsersAsync(
        ObservedState state, IReadOnlyCollection<string> volumes, CancellationToken cancellationToken)
    {
        var own = new HashSet<string>(
            state.Containers.Concat(state.Removing).Select(container => container.Id), StringComparer.Ordinal);
        var users = (
            await engine.Containers.ListAsync(true, new Filters().With("volume", [.. volumes]), cancellationToken)
                .ConfigureAwait(false))
            .Where(user => !own.Contains(user.Id))
            .Select(ContainerReading.Observe)
            .OrderBy(user => user.Name, StringComparer.Ordinal)
            .ToList();
        return state with
        {
            Volumes = [.. state.Volumes.Select(volume => volumes.Contains(volume.Name)
                ? volume with
                {
                    Strangers = [
                        .. users.Where(user => user.Mounts.Any(mount => mount.Name == volume.Name)).Select(user => user.Name)],
                }
                : volume)],
        };
    }

    /// <summary>The images alone, after pulls and builds.</summary>
    public async Task<ObservedState> RefreshImagesAsync(ObservedState state, CancellationToken cancellationToken) =>
        state with { Images = [.. (await engine.Images.ListAsync(null, cancellationToken).ConfigureAwait(false)).Select(Image)] };

    /// <summary>
    /// Containers of one project, or of all, as the engine lists them; those that mount a volume or are on a network.
    /// </summary>
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(
        string? projectName, bool all, CancellationToken cancellationToken, string? volume = null, string? network = null)
    {
        var filters = projectName is null
            ? Filters.Label(ComposeLabels.Project, ComposeLabels.ConfigHash)
            : OfProject(projectName);
        if (volume is not null)
            filters = filters.With("volume", volume);
        if (network is not null)
            filters = filters.With("network", network);
        return [.. (await _health.ListAsync(all, filters, cancellationToken).ConfigureAwait(false)).Where(IsComposes)];
    }

    /// <summary>The answer, or null where what was asked for is gone.</summary>
    public static async Task<T?> PresentAsync<T>(Task<T> request)
        where T : class
    {
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public static Filters OfProject(string projectName) => Filters.Label(ComposeLabels.Of(ComposeLabels.Project, projectName));

    /// <summary>
    /// Without a hash a container is invisible to docker compose, hooks excepted. One without a name is the rest of a removal
    /// that met another; only a restart of the engine clears it.
    /// </summary>
    private static bool IsComposes(ContainerSummary summary) =>
        summary.Names is { Count: > 0 }
            && summary.Labels is { } labels
            && (labels.ContainsKey(ComposeLabels.ConfigHash) || labels.ContainsKey(ComposeLabels.Hook));

    /// <summary>A container that is being removed is as good as gone.</summary>
    private static bool IsThere(ContainerSummary summary) => summary.State != "removing";

    private static ObservedImage Image(ImageSummary image) =>
        new(image.Id, [.. image.RepoTags ?? [], .. image.RepoDigests ?? []], image.Labels ?? new Dictionary<string, string>())
        {
            Manifests = [.. (image.Manifests ?? []).Where(IsRunnable).Select(Manifest)],
        };

    /// <summary>Attestations have a manifest too, and the content of a platform may be absent.</summary>
    private static bool IsRunnable(ImageManifest manifest) => manifest is { Kind: "image", Available: true };

    private static ObservedManifest Manifest(ImageManifest manifest)
    {
        var platform = manifest.ImageData?.Platform;
        return new ObservedManifest(
            manifest.ID,
            platform is null ? null : ImagePlatform.Of(platform.Os, platform.Architecture, platform.Variant));
    }
}
