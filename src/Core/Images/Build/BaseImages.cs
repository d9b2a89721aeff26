using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Events;
using Compose.Images.Dockerfiles;
using Compose.Images.Registry;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Images.Build;

/// <summary>
/// Pulls the images of a Dockerfile before the build, because BuildKit without a session cannot log in to registries.
/// </summary>
internal sealed class BaseImages
{
    private readonly EngineClient _engine;
    private readonly BuildRequest _request;

    /// <summary>The engine's platform.</summary>
    private readonly string _own;

    /// <param name="engine">The engine that builds.</param>
    /// <param name="request">The image to build.</param>
    /// <param name="own">The engine's platform.</param>
    /// <param name="dockerfile">The Dockerfile's text.</param>
    public BaseImages(EngineClient engine, BuildRequest request, string own, string dockerfile)
    {
        (_engine, _request, _own) = (engine, request, own);
        Found = DockerfileImages.Find(dockerfile, BuildQuery.Arguments(request), request.Build.Target, Platforms(request, own));
    }

    /// <summary>The images and stages of the Dockerfile.</summary>
    public DockerfileImages Found { get; }

    /// <summary>Whether the target platform is not the engine's.</summary>
    public bool ForAnotherPlatform => _request.Platform is { } platform && platform != _own;

    /// <summary>Why not all images can be pulled before the build; null if they can.</summary>
    public string? Obstacle
    {
        get
        {
            if (Found.Unresolved.Count > 0)
                return $"what {string.Join(", ", Found.Unresolved)} names is not known before the build";
            // A name on an engine refers to one image, for one platform.
            var twice = Found.Images.GroupBy(image => ImageName.Familiar(image.Name))
                .FirstOrDefault(group => group.Select(Platform).Distinct().Count() > 1);
            return twice is null ? null : $"it takes {twice.Key} for two platforms";
        }
    }

    /// <summary>The engine's platform, as os/architecture.</summary>
    public static async Task<string> OwnPlatformAsync(EngineClient engine, CancellationToken cancellationToken)
    {
        var version = await engine.System.VersionAsync(cancellationToken).ConfigureAwait(false);
        return $"{version.Os ?? engine.OSType}/{version.Arch}";
    }

    /// <summary>The platform arguments for a build.</summary>
    public static PlatformArguments Platforms(BuildRequest request, string own) => new(own, request.Platform ?? own);

    /// <summary>
    /// Whether a pull would move an image name that other services may use: from another image, or to an image for another
    /// platform.
    /// </summary>
    public async Task<bool> WouldMoveNamesAsync(CancellationToken cancellationToken)
    {
        foreach (var image in Found.Images)
        {
            var known = await InspectAsync(image.Name, cancellationToken).ConfigureAwait(false);
            if (IsDue(image, known) && (known is not null || Platform(image) != _own))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Pulls the images that are missing or for another platform, or all of them if the build has pull. Existing names are moved
    /// back afterwards.
    /// </summary>
    /// <returns>The temporary names of images whose own name was moved back.</returns>
    public async Task<TemporaryNames> PullAsync(
        RegistryCredentials? credentials,
        IEventSink sink,
        CancellationToken cancellationToken)
    {
        var temporary = new TemporaryNames(_engine, _own, sink);
        try
        {
            foreach (var image in Found.Images)
            {
                var known = await InspectAsync(image.Name, cancellationToken).ConfigureAwait(false);
                if (IsDue(image, known))
                    await temporary.PullAsync(image, () => PullOneAsync(image), cancellationToken).ConfigureAwait(false);
            }

            return temporary;
        }
        catch
        {
            await temporary.RemoveAsync().ConfigureAwait(false);
            throw;
        }

        Task PullOneAsync(BaseImage image)
        {
            var platform = Platform(image);
            var other = platform == _own ? null : platform;
            return ImagePuller.PullAsync(_engine, image.Name, other, credentials, sink, cancellationToken);
        }
    }

    /// <summary>
    /// Records the images that names refer to, before a build that pulls by itself moves them. Names of images that this project
    /// builds are left out, because another build may move them to its new image meanwhile.
    /// </summary>
    public async Task<IReadOnlyList<SavedImageName>> SaveNamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<SavedImageName>();
        foreach (var image in Found.Images.Where(image => !IsBuiltHere(image.Name)))
        {
            if (IsDue(image, await InspectAsync(image.Name, cancellationToken).ConfigureAwait(false)))
                names.Add(await SavedImageName.OfAsync(_engine, image.Name, cancellationToken).ConfigureAwait(false));
        }

        return names;
    }

    private bool IsBuiltHere(string name) => _request.Project.Services.Values
        .Where(service => service.Build is not null)
        .Any(service => ImageName.Familiar(_request.Project.ImageOf(service)) == ImageName.Familiar(name));

    public Task<bool> HasMovedAsync(SavedImageName name) => name.HasMovedAsync(_own);

    /// <summary>
    /// The ONBUILD instructions of the stages' base images, as a Dockerfile. Images that are not on the engine are left out.
    /// </summary>
    public async Task<DockerfileImages> TriggersAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string> { "FROM scratch" };
        var bases = Found.References().Where(found => found.Reference.IsBase).Select(found => found.Image.Name);
        foreach (var name in bases.Distinct())
            lines.AddRange((await InspectAsync(name, cancellationToken).ConfigureAwait(false))?.Config?.OnBuild ?? []);
        return DockerfileImages.Find(string.Join("\n", lines), BuildQuery.Arguments(_request), null, Platforms(_request, _own));
    }

    /// <summary>
    /// The cache_from images that are not on the engine. BuildKit without a session cannot read them from a registry with a
    /// login.
    /// </summary>
    public async Task<IReadOnlyList<string>> AbsentCachesAsync(CancellationToken cancellationToken)
    {
        var absent = new List<string>();
        foreach (var image in _request.Build.CacheFrom.Select(BuildKitSessionCheck.CacheImage).OfType<string>())
        {
            if (await InspectAsync(image, cancellationToken).ConfigureAwait(false) is null)
                absent.Add(image);
        }

        return absent;
    }

    private string Platform(BaseImage image) => image.Platform ?? _request.Platform ?? _own;

    /// <summary>
    /// Whether an image must be pulled. The image of the syntax line is pulled only if it is missing: its name in the Dockerfile
    /// cannot be replaced by a temporary one.
    /// </summary>
    private bool IsDue(BaseImage image, ImageInspect? known)
    {
        if (!Serves(known, Platform(image)))
            return true;
        var asksForAll = _request.Build.Pull || _request.Pull;
        return asksForAll && Found.References().Any(found => found.Image == image);
    }

    /// <summary>Whether an image is for a platform; one without a platform is for all.</summary>
    private static bool Serves(ImageInspect? image, string platform) =>
        image is not null && (string.IsNullOrEmpty(image.Architecture) || ImagePlatform.IsFor(ImagePlatform.Of(image), platform));

    private Task<ImageInspect?> InspectAsync(string image, CancellationToken cancellationToken) =>
        StateReader.PresentAsync(_engine.Images.InspectAsync(image, cancellationToken));
}
