using Compose.Engine.Dto;

namespace Compose.Engine.Api;

/// <summary>
/// Podman's answers in Docker's spelling. Podman names images in full: <c>docker.io/library/alpine:latest</c>, and
/// <c>localhost/web:latest</c> for what no registry has.
/// </summary>
internal static class PodmanSpelling
{
    private static readonly string[] Hub = [ImagePrefix.Official, ImagePrefix.Hub];

    /// <summary>The name as Docker lists it.</summary>
    public static string Name(string name) => WithoutHub(WithoutPrefix(name, ImagePrefix.Local));

    public static ContainerSummary Container(ContainerSummary summary) =>
        summary with { Image = Name(summary.Image), State = State(summary.State) };

    public static ContainerInspect Container(ContainerInspect inspect) => inspect with
    {
        Config = inspect.Config with { Image = Name(inspect.Config.Image) },
        State = inspect.State with { Status = State(inspect.State.Status) },
    };

    /// <summary>Podman has states of its own on the way to those Docker has.</summary>
    private static string State(string state) => state switch
    {
        "configured" or "initialized" => "created",
        "stopping" => "running",
        "stopped" => "exited",
        _ => state,
    };

    public static ImageInspect Image(ImageInspect image) =>
        image with { RepoTags = Tags(image.RepoTags), RepoDigests = Digests(image.RepoDigests) };

    /// <summary>A short name means the local image where Docker Hub's is there, too; so Podman resolves it.</summary>
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

    /// <summary>An image goes by its full name as well: asked for by that one, Podman looks nowhere else.</summary>
    private static IReadOnlyList<string> Tags(IReadOnlyList<string>? tags) =>
        [.. (tags ?? []).SelectMany(tag => new[] { Name(tag), tag }).Distinct()];

    /// <summary>No registry keeps a local image under a digest.</summary>
    private static IReadOnlyList<string> Digests(IReadOnlyList<string>? digests) =>
        [.. (digests ?? []).Where(digest => !IsLocal(digest)).Select(WithoutHub)];

    private static bool IsLocal(string name) => name.StartsWith(ImagePrefix.Local, StringComparison.Ordinal);

    private static string WithoutHub(string name) =>
        WithoutPrefix(name, Array.Find(Hub, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ?? "");

    private static string WithoutPrefix(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name.Substring(prefix.Length) : name;
}
