using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;

namespace Compose.Images.Registry;

/// <summary>Asks an image's registry for the current digest of the image's name.</summary>
internal static class RegistryDigest
{
    /// <summary>The digest, sha256:... For a name with a digest the registry is not asked.</summary>
    /// <exception cref="ComposeException">The registry refuses, does not have the image, or does not answer.</exception>
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
