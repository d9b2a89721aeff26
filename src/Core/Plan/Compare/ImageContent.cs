using Compose.Plan.Input;
using Compose.State;

namespace Compose.Plan.Compare;

/// <summary>
/// Identifies the image of a container for its platform. With the containerd image store, an image's id covers all platforms and
/// the attestations of a build, so it can change when nothing that runs has changed. The digest of the platform's manifest does
/// not.
/// </summary>
internal static class ImageContent
{
    /// <summary>The value of the image label, as the project's release writes it; null if the image does not exist.</summary>
    public static string? Label(PlanContext context, string image, string? platform)
    {
        if (context.State.Image(image) is not { } found)
            return null;
        return context.Release.LabelsManifests ? Digest(context, found, platform) : found.Id;
    }

    /// <summary>The digest of the platform's manifest, else of the only manifest, else the image's id.</summary>
    public static string Digest(PlanContext context, ObservedImage image, string? platform) =>
        For(context, image, platform)?.Digest ?? (image.Manifests.Count == 1 ? image.Manifests[0].Digest : image.Id);

    /// <summary>Whether the image exists for a platform; null if the list does not say.</summary>
    public static bool? Has(ObservedImage image, string platform) =>
        image.Manifests.Count == 0 || image.Manifests.All(manifest => manifest.Platform is null) ? null
        : image.Manifests.Any(manifest => manifest.Platform is { } has && ImagePlatform.IsFor(has, platform));

    private static ObservedManifest? For(PlanContext context, ObservedImage image, string? platform)
    {
        var accepted = platform is null ? context.State.OwnPlatforms : [platform];
        return image.Manifests.FirstOrDefault(manifest =>
            manifest.Platform is { } has && accepted.Any(one => ImagePlatform.IsFor(has, one)));
    }
}
