using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Images.Registry;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;

namespace Compose.Execute.Session;

/// <summary>The volumes, networks and images of a project, and the versions at work.</summary>
internal sealed partial class ProjectSession
{
    /// <summary>The project's volumes; with services, those their containers mount.</summary>
    public async Task<IReadOnlyList<ComposeVolume>> GetVolumesAsync(ContainerChoice choice, CancellationToken cancellationToken)
    {
        var listed = Engine.Volumes.ListAsync(StateReader.OfProject(choice.ProjectName), cancellationToken);
        var containers = _reader.ListAsync(choice.ProjectName, true, cancellationToken);
        var volumes = await listed.ConfigureAwait(false);
        var users = Users(choice, await containers.ConfigureAwait(false), volumes.Count > 0);
        return
        [
            .. volumes.Select(volume => ResourceReading.Volume(EngineHost, choice.ProjectName, volume, users))
                .Where(volume => !IsNarrow(choice) || volume.Services.Count > 0)
                .OrderBy(volume => volume.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The project's networks; with services, those their containers are on.</summary>
    public async Task<IReadOnlyList<ComposeNetwork>> GetNetworksAsync(ContainerChoice choice, CancellationToken cancellationToken)
    {
        var listed = Engine.Networks.ListAsync(StateReader.OfProject(choice.ProjectName), cancellationToken);
        var containers = _reader.ListAsync(choice.ProjectName, true, cancellationToken);
        var networks = await listed.ConfigureAwait(false);
        var users = Users(choice, await containers.ConfigureAwait(false), networks.Count > 0);
        return
        [
            .. networks.Select(network => ResourceReading.Network(EngineHost, choice.ProjectName, network, users))
                .Where(network => !IsNarrow(choice) || network.Services.Count > 0)
                .OrderBy(network => network.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The images of a project's containers, one result a container, one look an image.</summary>
    /// <param name="choice">Which containers.</param>
    /// <param name="checkUpdate">Whether to ask the registries what they have now; one that does not tell is an error, and the
    /// result goes without.</param>
    /// <param name="sink">Takes errors and warnings.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ComposeImage>> GetImagesAsync(
        ContainerChoice choice, bool checkUpdate, IEventSink sink, CancellationToken cancellationToken)
    {
        var containers = await ChooseAsync(choice, all: true, cancellationToken).ConfigureAwait(false);
        var names = containers.Select(container => container.Image).Distinct().ToList();
        var images = await Task.WhenAll(
            names.Select(name => StateReader.PresentAsync(Engine.Images.InspectAsync(name, cancellationToken))))
                .ConfigureAwait(false);
        var digests = await Task.WhenAll(
            names.Zip(images, (name, image) => checkUpdate && image is { RepoDigests.Count: > 0 } && !IsId(name)
            ? RegistryDigestAsync(name, sink, cancellationToken) : Task.FromResult<string?>(null))).ConfigureAwait(false);
        return [
            .. containers.Select(container => (container, index: names.IndexOf(container.Image)))
            .Select(pair => Image(pair.container, images[pair.index], digests[pair.index]))];
    }

    /// <param name="module">The module's own version.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<ComposeVersion> GetVersionAsync(string module, CancellationToken cancellationToken)
    {
        var version = await Engine.System.VersionAsync(cancellationToken).ConfigureAwait(false);
        return new ComposeVersion
        {
            EngineHost = EngineHost,
            Module = module,
            Compose = ComposeVersion.Rules,
            Engine = version.Version,
            Api = Engine.ApiVersion.ToString(),
            EngineApi = version.ApiVersion,
            EngineMinApi = version.MinAPIVersion,
            Platform = $"{version.Os}/{version.Arch}",
        };
    }

    private async Task<string?> RegistryDigestAsync(string name, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await RegistryDigest.OfAsync(Engine, name, _credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
            return null;
        }
    }

    private static ComposeImage Image(ComposeContainer container, ImageInspect? image, string? registryDigest)
    {
        var reference = IsId(container.Image) ? null : ImageReference.Parse(container.Image);
        var digest = image is null || reference is null ? null : Digest(image, container.Image);
        return new ComposeImage
        {
            EngineHost = container.EngineHost,
            ProjectName = container.ProjectName,
            Service = container.Service,
            Container = container.Container,
            Replica = container.Replica,
            Image = container.Image,
            Repository = reference?.Name,
            Tag = reference?.Digest is null ? reference?.Tag : null,
            Id = image?.Id ?? container.Image,
            Digest = digest,
            Platform = image is null ? null : ImagePlatform.Of(image),
            Size = image?.Size,
            Created = ResourceReading.Time(image?.Created),
            RegistryDigest = registryDigest,
            UpdateAvailable = registryDigest is null
                ? null
                : image!.RepoDigests!.All(known => !known.EndsWith("@" + registryDigest, StringComparison.Ordinal)),
        };
    }

    /// <summary>The engine names an image by its id once another has its name.</summary>
    private static bool IsId(string image) =>
        image.StartsWith("sha256:", StringComparison.Ordinal) || (image.Length == 12 && image.All(Uri.IsHexDigit));

    /// <summary>The containers that are meant. A project may have nothing left but volumes or networks.</summary>
    private IReadOnlyList<ObservedContainer> Users(
        ContainerChoice choice, IReadOnlyList<ContainerSummary> listed, bool hasResources)
    {
        if (listed.Count == 0 && !hasResources && !choice.FromFiles)
            throw new ComposeException(StateErrors.NoProject(EngineHost, choice.ProjectName));
        var chosen = new HashSet<string>(
            choice.Of([.. listed.Select(summary => ContainerReading.Result(summary, EngineHost))])
                .Select(container => container.Id));
        return [.. listed.Where(summary => chosen.Contains(summary.Id)).Select(ContainerReading.Observe)];
    }

    private static bool IsNarrow(ContainerChoice choice) => choice.Services.Count > 0 || choice.Containers.Count > 0;
}
