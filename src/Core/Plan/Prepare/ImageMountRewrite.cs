using Compose.Model;
using Compose.Plan.Compare;
using Compose.Plan.Input;

namespace Compose.Plan.Prepare;

/// <summary>
/// Mounts of type image. If the source is a service, its image is mounted. A label has the ids of the images, so that a
/// container is recreated when one of them changes.
/// </summary>
internal static class ImageMountRewrite
{
    private const string Type = "image";

    /// <summary>The project with each service in a mount replaced by its image.</summary>
    public static ComposeProject Rewrite(ComposeProject project) =>
        project.Services.Values.All(service => !Of(service).Any()) ? project : project with
    {
        Services = project.Services.ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Volumes = [.. pair.Value.Volumes.Select(mount => Rewrite(project, mount))] },
            StringComparer.Ordinal),
    };

    /// <summary>The images a service mounts.</summary>
    public static IEnumerable<string> Of(ServiceDefinition service) =>
        service.Volumes.Where(mount => mount is { Type: Type, Source: not null }).Select(mount => mount.Source!);

    /// <summary>The label: <c>target=image</c>, joined by commas; null without a mount of an existing image.</summary>
    public static string? Digests(PlanContext context, ServiceDefinition service) =>
        Digests(service, image => ImageContent.Label(context, image, null));

    /// <summary>Whether the label has the current images, in the form of any release.</summary>
    public static bool Holds(PlanContext context, ServiceDefinition service, string? label) =>
        Digests(context, service) is not { } digests
        || label == digests
        || label == Digests(service, image => context.State.Image(image)?.Id)
        || label == Digests(service, image => Content(context, image));

    private static string? Content(PlanContext context, string image) =>
        context.State.Image(image) is { } found ? ImageContent.Digest(context, found, null) : null;

    private static string? Digests(ServiceDefinition service, Func<string, string?> content)
    {
        var digests = service.Volumes.Where(mount => mount is { Type: Type, Source: not null })
            .Select(mount => (mount.Target, Content: content(mount.Source!))).Where(pair => pair.Content is not null)
            .Select(pair => $"{pair.Target}={pair.Content}").OrderBy(digest => digest, StringComparer.Ordinal).ToList();
        return digests.Count == 0 ? null : string.Join(",", digests);
    }

    private static MountDefinition Rewrite(ComposeProject project, MountDefinition mount) =>
        mount is { Type: Type, Source: { } source } && project.Services.TryGetValue(source, out var service)
            ? mount with { Source = project.ImageOf(service) }
            : mount;
}
