using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// POST /build. Docker.DotNet fails on BuildKit's messages, sends cache_from in a form that engines refuse, and has no ulimits
/// and no isolation.
/// </summary>
internal static class BuildImageCall
{
    /// <summary>A query without options, to which the caller adds those of the build.</summary>
    public static Query NewQuery() => new Query("/build");

    /// <param name="images">The engine's images.</param>
    /// <param name="query">The build's options, added to <see cref="NewQuery"/>.</param>
    /// <param name="context">The context as a tar, or null for a remote one.</param>
    /// <param name="registries">The X-Registry-Config header's value, or null.</param>
    /// <param name="subject">The target of errors.</param>
    /// <param name="cancellationToken">Cancels the build.</param>
    public static IAsyncEnumerable<ProgressMessage> BuildAsync(
        this ImagesApi images,
        Query query,
        HttpContent? context,
        string? registries,
        string subject,
        CancellationToken cancellationToken) =>
        images.Requests.StreamAsync(
            HttpMethod.Post, query, EngineJson.Default.ProgressMessage, context, subject,
            registries is null ? null : new("X-Registry-Config", registries), cancellationToken);
}
