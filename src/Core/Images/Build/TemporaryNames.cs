using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Events;
using Compose.Images.Dockerfiles;
using Compose.State;

namespace Compose.Images.Build;

/// <summary>
/// Gives base images temporary names during a build. A pull moves the pulled name to another image, and other services may use
/// that name, so it is moved back and the build uses the temporary name.
/// </summary>
internal sealed class TemporaryNames(EngineClient engine, string own, IEventSink sink)
{
    /// <summary>A name with localhost as registry, so that no remote registry is asked for it.</summary>
    private const string Repository = ImagePrefix.Local + "compose-base";
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Pulls = new(StringComparer.Ordinal);
    private readonly Dictionary<BaseImage, string> _names = [];

    /// <summary>The temporary names by image; images that kept their own name are left out.</summary>
    public IReadOnlyDictionary<BaseImage, string> Names => _names;

    /// <summary>A Dockerfile's text with image names replaced by the temporary ones.</summary>
    public string In(string dockerfile, DockerfileImages images) => DockerfileReference.Replace(
        dockerfile,
        from found in images.References()
        where _names.ContainsKey(found.Image) && found.Reference.IsReplaceable
        select (found.Reference, _names[found.Image]));

    /// <summary>
    /// Pulls an image. If that moves the image's name, moves it back and tags the new image with a temporary name.
    /// </summary>
    public async Task PullAsync(BaseImage image, Func<Task> pull, CancellationToken cancellationToken)
    {
        // Parallel builds must not record each other's pulled image as the name's original one.
        var turn = Pulls.GetOrAdd($"{engine.EngineHost} {ImageName.Familiar(image.Name)}", _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var saved = await SavedImageName.OfAsync(engine, image.Name, CancellationToken.None).ConfigureAwait(false);
            try
            {
                await pull().ConfigureAwait(false);
            }
            finally
            {
                if (await saved.HasMovedAsync(own).ConfigureAwait(false))
                {
                    var tag = Guid.NewGuid().ToString("N");
                    await engine.Images.TagAsync(image.Name, Repository, tag, CancellationToken.None).ConfigureAwait(false);
                    _names[image] = $"{Repository}:{tag}";
                    await saved.RestoreAsync(sink).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task RemoveAsync()
    {
        foreach (var name in _names.Values)
        {
            try
            {
                await engine.Images.RemoveAsync(name, force: false, CancellationToken.None).ConfigureAwait(false);
            }
            catch (EngineException exception)
            {
                if (exception.Status != 404)
                    sink.Emit(new WarningEvent($"'{name}', a name made for the build, stays: {exception.Info.Message}"));
            }
        }
    }
}
