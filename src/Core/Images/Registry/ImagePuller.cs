using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
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
        sink.Emit(ProgressEvent.Running(ProgressKind.Pull, id, "Pulling", "Asking the registry"));
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
            sink.Emit(ProgressEvent.Ended(ProgressKind.Pull, id, "Pulling", "Done"));
        }
    }

    private static ProgressEvent Progress(string parent, ProgressMessage message)
    {
        if (message.Id is not { Length: > 0 } layer
            || message.Status?.StartsWith("Pulling from", StringComparison.Ordinal) == true)
            return ProgressEvent.Running(ProgressKind.Pull, parent, "Pulling", message.Status ?? "");
        var done = message.Status is "Pull complete" or "Already exists";
        return ProgressEvent.Layer(ProgressKind.Pull, parent, layer, message.Status ?? "", done)
            .Counting(message.Detail?.Current, message.Detail?.Total);
    }
}
