using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Events;

namespace Compose.Images.Registry;

/// <summary>Pulls images and reports the progress of each layer.</summary>
internal static class ImagePuller
{
    /// <param name="engine">The engine.</param>
    /// <param name="image">The image's name in the file.</param>
    /// <param name="platform">os/architecture, or null for the engine's platform.</param>
    /// <param name="credentials">The logins, or null to pull without one.</param>
    /// <param name="sink">Receives the progress.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    public static async Task PullAsync(
        EngineClient engine, string image, string? platform, RegistryCredentials? credentials, IEventSink sink,
        CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(image);
        var authorization = credentials is null
            ? null
            : await credentials.HeaderAsync(reference.Registry, cancellationToken).ConfigureAwait(false);
        var id = "image " + image;
        sink.Emit(new ProgressEvent(id, null, "Pulling", "Asking the registry", null, null, false));
        try
        {
            var messages = engine.Images.PullAsync(reference.Name, reference.Version, platform, authorization, cancellationToken);
            await foreach (var message in messages.ConfigureAwait(false))
            {
                if (message.Error is { } error)
                    throw RegistryFailure.OfPull(image, error);
                sink.Emit(Progress(id, message));
            }
        }
        catch (EngineException exception)
        {
            throw RegistryFailure.OfPull(image, exception.Info.Message, exception);
        }
        finally
        {
            sink.Emit(new ProgressEvent(id, null, "Pulling", "Done", null, null, true));
        }
    }

    private static ProgressEvent Progress(string parent, ProgressMessage message)
    {
        if (message.Id is not { Length: > 0 } layer
            || message.Status?.StartsWith("Pulling from", StringComparison.Ordinal) == true)
            return new ProgressEvent(parent, null, "Pulling", message.Status ?? "", null, null, false);
        var done = message.Status is "Pull complete" or "Already exists";
        return new ProgressEvent(
            $"{parent} {layer}", parent, "Layer", message.Status ?? "", message.Detail?.Current, message.Detail?.Total, done);
    }
}
