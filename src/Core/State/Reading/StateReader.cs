using System.Runtime.InteropServices;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;

namespace Compose.State.Reading;

/// <summary>
/// Reads a project's state from the engine, with one list request for each kind of resource, in parallel, for projects of any
/// size.
/// </summary>
internal sealed class StateReader(EngineClient engine)
{
    private readonly HealthListing _health = new(engine);

    /// <summary>Reads everything that a plan depends on.</summary>
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
                .. (await containers.ConfigureAwait(false))
                .Where(IsComposeContainer)
                .Where(IsPresent)
                .Select(ContainerMapping.Observe)],
            Removing = [
                .. (await containers.ConfigureAwait(false))
                .Where(IsComposeContainer)
                .Where(container => !IsPresent(container))
                .Select(ContainerMapping.Observe)],
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

    /// <summary>Reads only the project's containers, with one request.</summary>
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
            Containers = [.. containers.Where(IsComposeContainer).Where(IsPresent).Select(ContainerMapping.Observe)],
        };
    }

    /// <summary>Adds the inspect responses of containers and images; those that were removed meanwhile are left out.</summary>
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
    /// Adds the containers on networks, which the network list does not have. A network that is gone meanwhile stays as it was.
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

    /// <summary>Adds the other projects' containers that use volumes, with one request.</summary>
    public async Task<ObservedState> ListVolumeUsersAsync(
        ObservedState state, IReadOnlyCollection<string> volumes, CancellationToken cancellationToken)
    {
        var own = new HashSet<string>(
            state.Containers.Concat(state.Removing).Select(container => container.Id), StringComparer.Ordinal);
        var users = (
            await engine.Containers.ListAsync(true, new Filters().With("volume", [.. volumes]), cancellationToken)
                .ConfigureAwait(false))
            .Where(user => !own.Contains(user.Id))
            .Select(ContainerMapping.Observe)
            .OrderBy(user => user.Name, StringComparer.Ordinal)
            .ToList();
        return state with
        {
            Volumes = [.. state.Volumes.Select(volume => volumes.Contains(volume.Name)
                ? volume with
                {
                    OtherUsers = [
                        .. users.Where(user => user.Mounts.Any(mount => mount.Name == volume.Name)).Select(user => user.Name)],
                }
                : volume)],
        };
    }

    /// <summary>Lists the images anew, after pulls and builds.</summary>
    public async Task<ObservedState> RefreshImagesAsync(ObservedState state, CancellationToken cancellationToken) =>
        state with { Images = [.. (await engine.Images.ListAsync(null, cancellationToken).ConfigureAwait(false)).Select(Image)] };

    /// <summary>
    /// Lists the compose containers of a project, or of all projects if null; optionally those with a volume or network.
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
        return [.. (await _health.ListAsync(all, filters, cancellationToken).ConfigureAwait(false)).Where(IsComposeContainer)];
    }

    /// <summary>The response, or null if the object does not exist (404).</summary>
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
    /// Whether docker compose would see a container: it has a config hash or is a hook's. A container without a name is left over
    /// from two simultaneous removals; only a restart of the engine clears it.
    /// </summary>
    private static bool IsComposeContainer(ContainerSummary summary) =>
        summary.Names is { Count: > 0 }
            && summary.Labels is { } labels
            && (labels.ContainsKey(ComposeLabels.ConfigHash) || labels.ContainsKey(ComposeLabels.Hook));

    /// <summary>Whether a container is not being removed.</summary>
    private static bool IsPresent(ContainerSummary summary) => summary.State != "removing";

    private static ObservedImage Image(ImageSummary image) =>
        new(image.Id, [.. image.RepoTags ?? [], .. image.RepoDigests ?? []], image.Labels ?? new Dictionary<string, string>())
        {
            Manifests = [.. (image.Manifests ?? []).Where(IsRunnable).Select(Manifest)],
        };

    /// <summary>Whether a manifest can be run: attestations cannot, nor platforms whose content was not pulled.</summary>
    private static bool IsRunnable(ImageManifest manifest) => manifest is { Kind: "image", Available: true };

    private static ObservedManifest Manifest(ImageManifest manifest)
    {
        var platform = manifest.ImageData?.Platform;
        return new ObservedManifest(
            manifest.ID,
            platform is null ? null : ImagePlatform.Of(platform.Os, platform.Architecture, platform.Variant));
    }
}
