using Compose.Engine.Api;
using Compose.Errors;

namespace Compose.Images.Registry;

/// <summary>Asks an image's registry what it has under the image's name now.</summary>
internal static class RegistryDigest
{
    /// <summary>The digest: sha256:... An image named by its digest never changes, so nobody is asked.</summary>
    /// <exception cref="ComposeException">The registry refuses, does not have it, or does not answer.</exception>
    public static async Task<string> OfAsync(
        EngineClient engine, string image, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(image);
        if (reference.Digest is { } digest)
            return digest;
        var login = await credentials.HeaderAsync(reference.Registry, cancellationToken).ConfigureAwait(false);
        try
        {
            var known = await engine.Images.DistributionAsync(reference.ToString(), login, cancellationToken)
                .ConfigureAwait(false);
            return known.Descriptor.Digest;
        }
        catch (EngineException exception)
        {
            throw RegistryFailure.OfQuestion(image, exception.Info.Message, exception);
        }
    }
}
