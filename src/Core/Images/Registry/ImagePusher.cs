using System.Text.Json;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Own;
using Compose.Events;

namespace Compose.Images.Registry;

/// <summary>Pushes images and reports the progress of each layer.</summary>
internal static class ImagePusher
{
    /// <summary>The X-Registry-Auth header without a login: {} in base64. Engines refuse a push without the header.</summary>
    private const string EmptyLogin = "e30=";

    /// <summary>Pushes a tag. Returns its digest in the registry, or null if the engine does not return it.</summary>
    public static async Task<string?> PushAsync(
        EngineClient engine, string image, RegistryCredentials? credentials, IEventSink sink, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(image);
        var authorization = credentials is null
            ? null
            : await credentials.HeaderAsync(reference.Registry, cancellationToken).ConfigureAwait(false);
        var id = "image " + image;
        string? digest = null;
        sink.Emit(ProgressEvent.Running(ProgressKind.Push, id, "Pushing", "Asking the registry"));
        try
        {
            var messages = engine.Images.PushAsync(reference.Name, reference.Tag, authorization ?? EmptyLogin, cancellationToken);
            await foreach (var message in messages.ConfigureAwait(false))
            {
                if (message.Error is { } error)
                    throw RegistryFailure.OfPush(image, error);
                digest = Digest(message) ?? digest;
                sink.Emit(Progress(id, message));
            }
        }
        catch (EngineException exception)
        {
            throw RegistryFailure.OfPush(image, exception.Info.Message, exception);
        }
        finally
        {
            sink.Emit(ProgressEvent.Ended(ProgressKind.Push, id, "Pushing", "Done"));
        }

        return digest;
    }

    private static string? Digest(ProgressMessage message) =>
        message.Aux is { ValueKind: JsonValueKind.Object } aux && aux.TryGetProperty("Digest", out var digest)
            && digest.ValueKind == JsonValueKind.String
            ? digest.GetString()
            : null;

    private static ProgressEvent Progress(string parent, ProgressMessage message)
    {
        if (message.Id is not { Length: > 0 } layer)
            return ProgressEvent.Running(ProgressKind.Push, parent, "Pushing", message.Status ?? "");
        var done = message.Status is "Pushed" or "Layer already exists"
            || message.Status?.StartsWith("Mounted from", StringComparison.Ordinal) == true;
        return ProgressEvent.Layer(ProgressKind.Push, parent, layer, message.Status ?? "", done)
            .Counting(message.Detail?.Current, message.Detail?.Total);
    }
}
