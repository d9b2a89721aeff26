using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// POST /images/create. Docker.DotNet drops the error of an engine that sends no details with it, and its callback cannot slow
/// the stream down.
/// </summary>
internal static class PullImageCall
{
    /// <param name="images">The engine's images.</param>
    /// <param name="repository">The repository with its registry.</param>
    /// <param name="tag">A tag or a digest.</param>
    /// <param name="platform">os/architecture, or null.</param>
    /// <param name="authorization">The X-Registry-Auth header's value, or null.</param>
    /// <param name="cancellationToken">Cancels the pull.</param>
    public static IAsyncEnumerable<ProgressMessage> PullAsync(
        this ImagesApi images,
        string repository,
        string tag,
        string? platform,
        string? authorization,
        CancellationToken cancellationToken) =>
        images.Requests.StreamAsync(
            HttpMethod.Post,
            new Query("/images/create").Add("fromImage", repository).Add("tag", tag).Add("platform", platform),
            EngineJson.Default.ProgressMessage,
            null,
            $"{repository}:{tag}",
            authorization is null ? null : new("X-Registry-Auth", authorization),
            cancellationToken);
}
