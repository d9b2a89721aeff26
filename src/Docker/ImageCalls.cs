using System.Globalization;
using Compose.Engine.Dto;
using Docker.DotNet.Models;

namespace Compose.Engine.Api;

/// <summary>The requests for images that use Docker.DotNet.</summary>
internal class ImageCalls(DockerLibrary library, IEngineCalls calls, bool listsManifests)
{
    public virtual Task<IReadOnlyList<ImageSummary>> ListAsync(Filters? filters, CancellationToken cancellationToken)
    {
        var request = new ImagesListParameters { Filters = filters?.Sets, Manifests = listsManifests ? true : null };
        return calls.ReadAsync(
            "images",
            token => library.Client.Images.ListImagesAsync(request, token),
            list => Models.Each(list, Read)!,
            cancellationToken);
    }

    public virtual Task<ImageInspect> InspectAsync(string name, CancellationToken cancellationToken) =>
        calls.ReadAsync(name, token => library.Client.Images.InspectImageAsync(name, token), Read, cancellationToken);

    public Task TagAsync(string name, string repository, string tag, CancellationToken cancellationToken)
    {
        var request = new ImageTagParameters { RepositoryName = repository, Tag = tag };
        return calls.ChangeAsync(
            "tag", name, token => library.Client.Images.TagImageAsync(name, request, token), cancellationToken);
    }

    /// <summary>Removes an image. Longer time limit: the engine deletes its files before it answers.</summary>
    public Task RemoveAsync(string name, bool force, CancellationToken cancellationToken)
    {
        var request = new ImageDeleteParameters { Force = force ? true : null };
        return calls.Lasting.ChangeAsync(
            "remove", name, token => library.Client.Images.DeleteImageAsync(name, request, token), cancellationToken);
    }

    // A missing required value becomes null, so that the check of the record finds it.
    private static ImageSummary Read(ImagesListResponse image) => new()
    {
        Id = Models.Text(image.ID)!,
        RepoTags = Models.Texts(image.RepoTags),
        RepoDigests = Models.Texts(image.RepoDigests),
        Labels = Models.Pairs(image.Labels),
        Created = Models.Seconds(image.Created),
        Size = image.Size,
        Manifests = Models.Each(image.Manifests, Read),
    };

    private static ImageManifest Read(ManifestSummary manifest) => new(
        Models.Text(manifest.ID)!,
        Models.Text(manifest.Kind)!,
        manifest.Available,
        manifest.ImageData is { } data ? new ImageManifestData(data.Platform is { } platform ? Read(platform) : null) : null);

    private static ManifestPlatform Read(Platform platform) =>
        new(Models.Text(platform.OS), Models.Text(platform.Architecture), Models.Text(platform.Variant));

    private static ImageInspect Read(ImageInspectResponse image) => new()
    {
        Id = Models.Text(image.ID)!,
        RepoTags = Models.Texts(image.RepoTags),
        RepoDigests = Models.Texts(image.RepoDigests),
        Os = Models.Text(image.Os),
        Architecture = Models.Text(image.Architecture),
        Variant = Models.Text(image.Variant),
        Created = Time(image.Created),
        Size = image.Size,
        Config = image.Config is { } config ? Read(config) : null,
        Metadata = image.Metadata is { } metadata ? new ImageMetadata(Time(metadata.LastTagTime)) : null,
    };

    private static Dto.ContainerConfig Read(DockerOCIImageConfig config) => new()
    {
        OnBuild = Models.Texts(config.OnBuild),
        Cmd = Models.Texts(config.Cmd),
        Entrypoint = Models.Texts(config.Entrypoint),
        Env = Models.Texts(config.Env),
        Labels = Models.Pairs(config.Labels),
        User = config.User,
        WorkingDir = config.WorkingDir,
        StopSignal = config.StopSignal,
        ExposedPorts = Set(config.ExposedPorts),
        Volumes = Set(config.Volumes),
        Healthcheck = config.Healthcheck is { } check ? Read(check) : null,
    };

    private static HealthConfig Read(HealthcheckConfig check) => new()
    {
        Test = Models.Texts(check.Test),
        Interval = Nanoseconds(check.Interval),
        Timeout = Nanoseconds(check.Timeout),
        Retries = (int?)check.Retries,
        StartPeriod = Nanoseconds(check.StartPeriod),
        StartInterval = Nanoseconds(check.StartInterval),
    };

    private static IReadOnlyDictionary<string, EmptyObject>? Set(IDictionary<string, EmptyStruct>? set) =>
        set?.ToDictionary(pair => pair.Key, _ => EmptyObject.Value);

    private static string? Time(DateTime? time) => time?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static long? Nanoseconds(TimeSpan? time) => time?.Ticks * 100;
}
