using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>The engine's images, and builds.</summary>
/// <remarks>
/// These requests do not use Docker.DotNet. For pulls and pushes, it drops errors that an engine sends without details, and its
/// callback cannot slow the stream down. For builds, it fails on BuildKit's messages, and it does not send ulimits, isolation and
/// cache_from in the form engines read. For /distribution, it sends no login.
/// </remarks>
internal sealed class ImagesApi(
    DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool listsManifests, bool isPodman)
    : ImageCalls(library, calls, listsManifests)
{
    public override async Task<IReadOnlyList<ImageSummary>> ListAsync(Filters? filters, CancellationToken cancellationToken)
    {
        var listed = await base.ListAsync(filters, cancellationToken).ConfigureAwait(false);
        return isPodman ? PodmanTranslation.Images(listed) : listed;
    }

    public override async Task<ImageInspect> InspectAsync(string name, CancellationToken cancellationToken)
    {
        var image = await base.InspectAsync(name, cancellationToken).ConfigureAwait(false);
        return isPodman ? PodmanTranslation.Image(image) : image;
    }

    /// <param name="repository">The repository with its registry.</param>
    /// <param name="tag">A tag or a digest.</param>
    /// <param name="platform">os/architecture, or null.</param>
    /// <param name="authorization">The X-Registry-Auth header's value, or null.</param>
    /// <param name="cancellationToken">Cancels the pull.</param>
    public IAsyncEnumerable<ProgressMessage> PullAsync(
        string repository, string tag, string? platform, string? authorization, CancellationToken cancellationToken) =>
        requests.StreamAsync(HttpMethod.Post,
            new Query("/images/create").Add("fromImage", repository).Add("tag", tag).Add("platform", platform),
            EngineJson.Default.ProgressMessage, null, $"{repository}:{tag}",
            authorization is null ? null : new("X-Registry-Auth", authorization), cancellationToken);

    public IAsyncEnumerable<ProgressMessage> PushAsync(
        string name, string tag, string authorization, CancellationToken cancellationToken) =>
        requests.StreamAsync(HttpMethod.Post, new Query($"/images/{name}/push").Add("tag", tag),
            EngineJson.Default.ProgressMessage, null, name, new("X-Registry-Auth", authorization), cancellationToken);

    /// <param name="query">The build's options.</param>
    /// <param name="context">The context as a tar, or null for a remote one.</param>
    /// <param name="registries">The X-Registry-Config header's value, or null.</param>
    /// <param name="subject">The target of errors.</param>
    /// <param name="cancellationToken">Cancels the build.</param>
    public IAsyncEnumerable<ProgressMessage> BuildAsync(
        Query query, HttpContent? context, string? registries, string subject, CancellationToken cancellationToken) =>
        requests.StreamAsync(HttpMethod.Post, query, EngineJson.Default.ProgressMessage, context, subject,
            registries is null ? null : new("X-Registry-Config", registries), cancellationToken);

    /// <summary>Reads what the registry currently has for an image name; the engine queries the registry first.</summary>
    public async Task<DistributionInspect> DistributionAsync(
        string name, string? authorization, CancellationToken cancellationToken) =>
        await requests.Lasting.ReadAsync(
            HttpMethod.Get, new Query($"/distribution/{name}/json"), EngineJson.Default.DistributionInspect, null, name,
            authorization is null ? null : new("X-Registry-Auth", authorization), cancellationToken).ConfigureAwait(false);
}
