using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>
/// The engine's images, and builds. The requests that Docker.DotNet cannot make are extension methods in Engine/Own.
/// </summary>
internal sealed class ImagesApi(
    DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool listsManifests, bool isPodman)
    : ImageCalls(library, calls, listsManifests)
{
    public EngineRequests Requests => requests;

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
}
