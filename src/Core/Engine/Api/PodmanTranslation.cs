using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>
/// Converts image names and states in Podman's answers to Docker's. Podman uses full image names:
/// <c>docker.io/library/alpine:latest</c>, and <c>localhost/web:latest</c> for images that are in no registry.
/// </summary>
internal static class PodmanTranslation
{
    private static readonly string[] Hub = [ImagePrefix.Official, ImagePrefix.Hub];

    /// <summary>An image name in Docker's short form.</summary>
    public static string Name(string name) => WithoutHub(WithoutPrefix(name, ImagePrefix.Local));

    public static ContainerSummary Container(ContainerSummary summary) =>
        summary with { Image = Name(summary.Image), State = State(summary.State) };

    public static ContainerInspect Container(ContainerInspect inspect) => inspect with
    {
        Config = inspect.Config with { Image = Name(inspect.Config.Image) },
        State = inspect.State with { Status = State(inspect.State.Status) },
    };

    /// <summary>Maps Podman's additional container states to Docker's.</summary>
    private static string State(string state) => state switch
    {
        "configured" or "initialized" => "created",
        "stopping" => "running",
        "stopped" => "exited",
        _ => state,
    };

    public static ImageInspect Image(ImageInspect image) =>
        image with { RepoTags = Tags(image.RepoTags), RepoDigests = Digests(image.RepoDigests) };

    /// <summary>
    /// Converts the names of all images. Where a local image and one of Docker Hub share a short name, the local image gets it,
    /// as in Podman.
    /// </summary>
    public static IReadOnlyList<ImageSummary> Images(IReadOnlyList<ImageSummary> listed)
    {
        var local = listed.SelectMany(image => (image.RepoTags ?? []).Where(IsLocal).Select(tag => (Name: Name(tag), image.Id)))
            .GroupBy(pair => pair.Name).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.Ordinal);
        return
        [
            .. listed.Select(image => image with
            {
                RepoTags = [.. Tags(image.RepoTags).Where(tag => !local.TryGetValue(tag, out var id) || id == image.Id)],
                RepoDigests = Digests(image.RepoDigests),
            }),
        ];
    }

    /// <summary>Short and full names: Podman resolves a full name to exactly that image.</summary>
    private static IReadOnlyList<string> Tags(IReadOnlyList<string>? tags) =>
        [.. (tags ?? []).SelectMany(tag => new[] { Name(tag), tag }).Distinct()];

    /// <summary>Digests without those of local images, which are in no registry.</summary>
    private static IReadOnlyList<string> Digests(IReadOnlyList<string>? digests) =>
        [.. (digests ?? []).Where(digest => !IsLocal(digest)).Select(WithoutHub)];

    private static bool IsLocal(string name) => name.StartsWith(ImagePrefix.Local, StringComparison.Ordinal);

    private static string WithoutHub(string name) =>
        WithoutPrefix(name, Array.Find(Hub, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? "");

    private static string WithoutPrefix(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name.Substring(prefix.Length) : name;
}
