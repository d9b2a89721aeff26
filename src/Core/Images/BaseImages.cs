using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Events;
using Compose.State;

namespace Compose.Images;

/// <summary>The images a build takes, on one engine: BuildKit without a session cannot log in anywhere, so they are pulled before it starts.</summary>
internal sealed class BaseImages
{
    private readonly EngineClient _engine;
    private readonly BuildRequest _request;

    /// <summary>The engine's own platform.</summary>
    private readonly string _own;

    private BaseImages(EngineClient engine, BuildRequest request, string own, string dockerfile)
    {
        (_engine, _request, _own) = (engine, request, own);
        Found = DockerfileImages.Find(dockerfile, BuildQuery.Arguments(request), request.Build.Target, new PlatformArguments(own, request.Platform ?? own));
    }

    /// <summary>What the Dockerfile names.</summary>
    public DockerfileImages Found { get; }

    /// <summary>Whether the build is for another platform than the engine's own.</summary>
    public bool ForAnotherPlatform => _request.Platform is { } platform && platform != _own;

    /// <summary>Why they cannot all be pulled beforehand; null where they can.</summary>
    public string? Obstacle
    {
        get
        {
            if (Found.Unclear.Count > 0)
                return $"what {string.Join(", ", Found.Unclear)} names is not known before the build";
            // An engine keeps one image under a name.
            var twice = Found.Images.GroupBy(image => ImageName.Familiar(image.Name)).FirstOrDefault(group => group.Select(Platform).Distinct().Count() > 1);
            return twice is null ? null : $"it takes {twice.Key} for two platforms";
        }
    }

    public static async Task<BaseImages> FindAsync(EngineClient engine, BuildRequest request, string dockerfile, CancellationToken cancellationToken)
    {
        var version = await engine.System.VersionAsync(cancellationToken).ConfigureAwait(false);
        return new BaseImages(engine, request, $"{version.Os ?? engine.OSType}/{version.Arch}", dockerfile);
    }

    /// <summary>Pulls what is absent or for another platform; all of it where the build asks for that.</summary>
    public async Task PullAsync(RegistryCredentials? credentials, IEventSink sink, CancellationToken cancellationToken)
    {
        foreach (var image in Found.Images)
        {
            var platform = Platform(image);
            if (_request.Build.Pull || _request.Pull || !Serves(await InspectAsync(image.Name, cancellationToken).ConfigureAwait(false), platform))
                await ImagePuller.PullAsync(_engine, image.Name, platform == _own ? null : platform, credentials, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The images of caches that are not on the engine: in a registry that wants a login BuildKit does not find them.</summary>
    public async Task<IReadOnlyList<string>> AbsentCachesAsync(CancellationToken cancellationToken)
    {
        var absent = new List<string>();
        foreach (var image in _request.Build.CacheFrom.Select(SessionNeeds.CacheImage).OfType<string>())
        {
            if (await InspectAsync(image, cancellationToken).ConfigureAwait(false) is null)
                absent.Add(image);
        }

        return absent;
    }

    private string Platform(BaseImage image) => image.Platform ?? _request.Platform ?? _own;

    /// <summary>An image that does not say what it is for serves everywhere.</summary>
    private static bool Serves(ImageInspect? image, string platform) =>
        image is not null && (string.IsNullOrEmpty(image.Architecture) || ImagePlatform.IsFor(ImagePlatform.Of(image), platform));

    private async Task<ImageInspect?> InspectAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            return await _engine.Images.InspectAsync(image, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return null;
        }
    }
}
