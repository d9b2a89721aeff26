using Compose.Engine.Api;
using Compose.Errors;

namespace Compose.Images.Registry;

/// <summary>
/// Maps registry errors to our errors. Engines pass on only the registry's text, so it is matched by its words.
/// </summary>
internal static class RegistryFailure
{
    public static ComposeException OfPull(string image, string message, Exception? inner = null) =>
        Reading(message).Exception($"The image '{image}' cannot be pulled: {EngineText.Sanitize(message)}", image, inner: inner);

    public static ComposeException OfQuestion(string image, string message, Exception? inner = null) =>
        Reading(message).Exception(
            $"The registry of image '{image}' does not say what it has: {EngineText.Sanitize(message)}", image, inner: inner);

    private static ErrorDefinition Reading(string message) =>
        IsDenied(message) ? ImageErrors.PullDenied
        : Has(message, "manifest unknown")
            || Has(message, "not found")
            || Has(message, "name unknown") ? EngineErrors.ImageNotFound
        : IsUnreachable(message) ? ImageErrors.RegistryUnreachable
        : ImageErrors.PullFailed;

    public static ComposeException OfPush(string image, string message, Exception? inner = null)
    {
        var definition =
            IsDenied(message) ? ImageErrors.PushDenied
            : Has(message, "does not exist locally") || Has(message, "No such image") ? ImageErrors.NotToPush
            : IsUnreachable(message) ? ImageErrors.RegistryUnreachable
            : ImageErrors.PushFailed;
        return definition.Exception($"The image '{image}' cannot be pushed: {EngineText.Sanitize(message)}", image, inner: inner);
    }

    private static bool IsDenied(string message) =>
        Has(message, "access denied")
            || Has(message, "access to the resource is denied")
            || Has(message, "unauthorized")
            || Has(message, "authentication required")
            || Has(message, "no basic auth");

    private static bool IsUnreachable(string message) =>
        Has(message, "no such host")
            || Has(message, "connection refused")
            || Has(message, "i/o timeout")
            || Has(message, "dial tcp");

    private static bool Has(string message, string words) => message.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
}
