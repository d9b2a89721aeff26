using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Events;
using Compose.Images.Registry;
using Compose.State;
using Compose.State.Reading;

namespace Compose.Images.Build;

/// <summary>Records the image that a name refers to, so that the name can be moved back after a pull.</summary>
internal sealed class SavedImageName
{
    private readonly EngineClient _engine;
    private readonly string _name;

    /// <summary>The image's id; null if no image had the name.</summary>
    private readonly string? _id;

    private SavedImageName(EngineClient engine, string name, string? id) => (_engine, _name, _id) = (engine, name, id);

    public static async Task<SavedImageName> OfAsync(EngineClient engine, string name, CancellationToken cancellationToken) =>
        new(engine, name, (await PresentAsync(engine, name, cancellationToken).ConfigureAwait(false))?.Id);

    /// <summary>
    /// Whether the name refers to another image now, or, if it was free, to an image that is not for the engine's platform.
    /// </summary>
    public async Task<bool> HasMovedAsync(string own)
    {
        // A name with a digest always refers to the same image.
        if (_name.IndexOf('@') >= 0)
            return false;
        if (await PresentAsync(_engine, _name, CancellationToken.None).ConfigureAwait(false) is not { } now)
            return false;
        if (_id is not null)
            return now.Id != _id;
        return !string.IsNullOrEmpty(now.Architecture) && !ImagePlatform.IsFor(ImagePlatform.Of(now), own);
    }

    /// <summary>Moves the name back. If the engine refuses, warns instead of failing the build.</summary>
    public async Task RestoreAsync(IEventSink sink)
    {
        try
        {
            await RestoreAsync().ConfigureAwait(false);
        }
        catch (EngineException exception)
        {
            sink.Emit(new WarningEvent(
                $"'{_name}' now names the image that was pulled for a build; its earlier image could not be "
                    + $"restored. {exception.Info.Message}"));
        }
    }

    private async Task RestoreAsync()
    {
        var reference = ImageReference.Parse(ImageName.Familiar(_name));
        if (_id is null)
            await _engine.Images.RemoveAsync(_name, force: false, CancellationToken.None).ConfigureAwait(false);
        else
            await _engine.Images.TagAsync(_id, reference.Name, reference.Version, CancellationToken.None).ConfigureAwait(false);
    }

    private static Task<ImageInspect?> PresentAsync(EngineClient engine, string name, CancellationToken cancellationToken) =>
        StateReader.PresentAsync(engine.Images.InspectAsync(name, cancellationToken));
}
