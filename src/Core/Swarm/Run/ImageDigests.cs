using Compose.Errors;
using Compose.Events;
using Compose.Execute.Session;
using Compose.Images.Registry;

namespace Compose.Swarm.Run;

/// <summary>
/// Asks registries for the digests of images, so that all nodes run the same one. Where that fails the nodes use the tag, each as
/// it finds it.
/// </summary>
internal static class ImageDigests
{
    /// <summary>The images with their digest: <c>redis:7</c> as <c>redis:7@sha256:…</c>.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ResolveAsync(
        ProjectSession session, IReadOnlyList<string> images, ICollection<string> unresolved, IEventSink sink,
        CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(images.Select(image => OneAsync(session, image, sink, cancellationToken)))
            .ConfigureAwait(false);
        foreach (var image in images.Where((_, index) => found[index] is null))
            unresolved.Add(image);
        return images.Zip(found, (image, pinned) => (image, pinned)).Where(pair => pair.pinned is not null)
            .ToDictionary(pair => pair.image, pair => pair.pinned!, StringComparer.Ordinal);
    }

    private static async Task<string?> OneAsync(
        ProjectSession session, string image, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            var digest = await RegistryDigest.OfAsync(session.Engine, image, session.Credentials, cancellationToken)
                .ConfigureAwait(false);
            var isTagged = image.LastIndexOf(':') > image.LastIndexOf('/');
            return $"{image}{(isTagged ? "" : ":latest")}@{digest}";
        }
        catch (ComposeException exception) when (!EngineErrors.IsGone(exception.Info.Id))
        {
            sink.Emit(new VerboseEvent(exception.Message));
            return null;
        }
    }
}
