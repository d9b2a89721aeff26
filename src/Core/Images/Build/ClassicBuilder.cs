using Compose.Errors;

namespace Compose.Images.Build;

/// <summary>Refuses builds with DOCKER_BUILDKIT=0 that the classic builder does not support.</summary>
internal static class ClassicBuilder
{
    /// <exception cref="ComposeException">BuildNeedsBuildKit.</exception>
    public static void Check(BuildRequest request)
    {
        if (request.PrefersBuildKit != false)
            return;
        var build = request.Build;
        var hasOtherContexts = build.AdditionalContexts.Values.Any(context => !ImageContexts.IsImage(context));
        var beyond = build.Platforms.Count > 1 ? "several platforms"
            : build.Privileged ? "privileged"
            : hasOtherContexts ? "additional contexts that are no images"
            : build.Ssh.Count > 0 ? "ssh"
            : build.Secrets.Count > 0 ? "secrets"
            : null;
        if (beyond is not null)
            throw Refusal(request, $"the classic builder, which DOCKER_BUILDKIT asks for, does not support {beyond}");
    }

    public static ComposeException Refusal(BuildRequest request, string reason) =>
        ImageErrors.NeedsBuildKit.Exception(
            $"{request.Service.Origin}: the image '{request.Image}' cannot be built: {reason}.", request.Service.Name);
}
