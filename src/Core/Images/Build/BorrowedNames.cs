using System.Collections.Concurrent;
using Compose.Engine.Api;
using Compose.Events;
using Compose.Images.Dockerfiles;
using Compose.State;

namespace Compose.Images.Build;

/// <summary>
/// Names of their own for base images, as long as a build takes: a pull moves the name that was pulled, and other services use
/// that name.
/// </summary>
internal sealed class BorrowedNames(EngineClient engine, string own, IEventSink sink)
{
    /// <summary>On this machine, so that no registry elsewhere is ever asked for it.</summary>
    private const string Repository = ImagePrefix.Local + "compose-base";
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Pulls = new(StringComparer.Ordinal);
    private readonly Dictionary<BaseImage, string> _names = [];

    /// <summary>The names, by image; none for an image that has its own name.</summary>
    public IReadOnlyDictionary<BaseImage, string> Names => _names;

    /// <summary>A Dockerfile's text with the borrowed names in place of those that the images have in it.</summary>
    public string In(string dockerfile, DockerfileImages images) => DockerfileReference.Replace(
        dockerfile,
        from found in images.References()
        where _names.ContainsKey(found.Image) && found.Reference.IsReplaceable
        select (found.Reference, _names[found.Image]));

    /// <summary>Pulls an image; where that moves its name, the name goes back to what it meant.</summary>
    public async Task PullAsync(BaseImage image, Func<Task> pull, CancellationToken cancellationToken)
    {
        // Two builds at once must not take each other's image for what the name meant.
        var turn = Pulls.GetOrAdd($"{engine.EngineHost} {ImageName.Familiar(image.Name)}", _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var kept = await KeptName.OfAsync(engine, image.Name, CancellationToken.None).ConfigureAwait(false);
            try
            {
                await pull().ConfigureAwait(false);
            }
            finally
            {
                if (await kept.HasMovedAsync(own).ConfigureAwait(false))
                {
                    var tag = Guid.NewGuid().ToString("N");
                    await engine.Images.TagAsync(image.Name, Repository, tag, CancellationToken.None).ConfigureAwait(false);
                    _names[image] = $"{Repository}:{tag}";
                    await kept.RestoreAsync(sink).ConfigureAwait(false);
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
                await engine.Images.RemoveAsync(name, false, CancellationToken.None).ConfigureAwait(false);
            }
            catch (EngineException exception)
            {
                if (exception.Status != 404)
                    sink.Emit(new WarningEvent($"'{name}', a name made for the build, stays: {exception.Info.Message}"));
            }
        }
    }
}
