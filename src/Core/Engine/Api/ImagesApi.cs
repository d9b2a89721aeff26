using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>The API's /images and /build.</summary>
internal sealed class ImagesApi(EngineRequests requests, bool tellsManifests = false, bool isPodman = false)
{
    public async Task<IReadOnlyList<ImageSummary>> ListAsync(Filters? filters, CancellationToken cancellationToken)
    {
        var query = new Query("/images/json").Add("filters", filters).Add("manifests", tellsManifests);
        var listed = await requests.GetAsync(
            query, EngineJson.Default.ImageSummaryArray, "images", cancellationToken).ConfigureAwait(false);
        return isPodman ? PodmanSpelling.Images(listed) : listed;
    }

    public async Task<ImageInspect> InspectAsync(string name, CancellationToken cancellationToken)
    {
        var query = new Query($"/images/{name}/json");
        var image = await requests.GetAsync(
            query, EngineJson.Default.ImageInspect, name, cancellationToken).ConfigureAwait(false);
        return isPodman ? PodmanSpelling.Image(image) : image;
    }

    /// <param name="repository">The repository with its registry.</param>
    /// <param name="tag">A tag or a digest.</param>
    /// <param name="platform">os/architecture, or null.</param>
    /// <param name="authorization">The X-Registry-Auth header's value, or null.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
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
    /// <param name="subject">What an error is about.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    public IAsyncEnumerable<ProgressMessage> BuildAsync(
        Query query, HttpContent? context, string? registries, string subject, CancellationToken cancellationToken) =>
        requests.StreamAsync(HttpMethod.Post, query, EngineJson.Default.ProgressMessage, context, subject,
            registries is null ? null : new("X-Registry-Config", registries), cancellationToken);

    /// <summary>What the image's registry has under its name now; the engine asks it before it answers.</summary>
    public async Task<DistributionInspect> DistributionAsync(
        string name, string? authorization, CancellationToken cancellationToken) =>
        await requests.Lasting.ReadAsync(
            HttpMethod.Get, new Query($"/distribution/{name}/json"), EngineJson.Default.DistributionInspect, null, name,
            authorization is null ? null : new("X-Registry-Auth", authorization), cancellationToken).ConfigureAwait(false);

    public Task TagAsync(string name, string repository, string tag, CancellationToken cancellationToken) =>
        requests.DoAsync(
            HttpMethod.Post, new Query($"/images/{name}/tag").Add("repo", repository).Add("tag", tag), null, name,
            cancellationToken);

    /// <summary>Its files are deleted before the engine answers.</summary>
    public Task RemoveAsync(string name, bool force, CancellationToken cancellationToken) =>
        requests.Lasting.DoAsync(
            HttpMethod.Delete, new Query($"/images/{name}").Add("force", force), null, name, cancellationToken);
}
