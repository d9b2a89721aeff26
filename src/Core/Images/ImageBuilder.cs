using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Files;

namespace Compose.Images;

/// <summary>Builds images over the Engine API: with BuildKit where the engine has it, else with the classic builder; what needs a session, by docker buildx.</summary>
internal static class ImageBuilder
{
    /// <summary>Builds and tags an image; answers its id.</summary>
    public static async Task<string> BuildAsync(
        EngineClient engine, BuildRequest request, RegistryCredentials? credentials, IEventSink sink, CancellationToken cancellationToken)
    {
        var buildx = SessionAttributes(request).Any(attribute => attribute.Used);
        if (buildx && engine.OSType == "windows")
            Refuse(request, "BuildKit, which an engine of Windows containers has not");
        if (buildx && !await Buildx.IsInstalledAsync(cancellationToken).ConfigureAwait(false))
            Refuse(request, "docker buildx, and it is not installed");
        var progress = new BuildProgress(request.Image, sink);
        progress.Begin();
        try
        {
            if (buildx)
            {
                if (credentials is { HasGiven: true })
                    sink.Emit(new WarningEvent($"{request.Image}: docker buildx builds, and knows docker's own logins alone, not those passed here."));
                WarnOfMemory();
                await Buildx.BuildAsync(engine.DockerVariables, request, progress, cancellationToken).ConfigureAwait(false);
                return (await engine.Images.InspectAsync(request.Image, cancellationToken).ConfigureAwait(false)).Id;
            }

            if (PathResolver.IsRemote(request.Build.Context))
                return await SendAsync(engine, request, null, buildKit: false, await LoginsAsync([]).ConfigureAwait(false), progress, cancellationToken).ConfigureAwait(false);
            using var context = BuildContext.Open(request.Build);
            var bases = DockerfileImages.Find(context.Dockerfile, BuildQuery.Arguments(request), request.Build.Target);
            // What cannot be named beforehand cannot be pulled beforehand; the classic builder logs in itself.
            var buildKit = engine.HasBuildKit && bases.Unclear.Count == 0;
            if (buildKit)
                await PullBasesAsync(engine, request, bases.Images, credentials, sink, cancellationToken).ConfigureAwait(false);
            else if (engine.HasBuildKit)
                sink.Emit(new VerboseEvent($"{request.Image}: what {string.Join(", ", bases.Unclear)} names is not known before the build, so the classic builder builds."));
            if (buildKit)
                WarnOfMemory();
            var logins = buildKit ? null : await LoginsAsync(bases.Images).ConfigureAwait(false);
            return await SendAsync(engine, request, context, buildKit, logins, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            progress.End();
        }

        void WarnOfMemory()
        {
            if (request.Memory is not null)
                sink.Emit(new WarningEvent($"{request.Image}: BuildKit has no memory limit for builds, so it is not heeded."));
        }

        // The classic builder pulls by itself, with the logins of what it may need; Docker Hub is always asked about.
        async Task<string?> LoginsAsync(IEnumerable<string> images) => credentials is null
            ? null
            : await credentials.ConfigHeaderAsync(images.Select(image => ImageReference.Parse(image).Registry).Append(ImageReference.DockerHub), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> SendAsync(
        EngineClient engine, BuildRequest request, BuildContext? context, bool buildKit, string? logins, BuildProgress progress, CancellationToken cancellationToken)
    {
        var query = BuildQuery.Create(request, context?.DockerfileName, buildKit);
        try
        {
            await foreach (var message in engine.Images.BuildAsync(query, context, logins, request.Image, cancellationToken).ConfigureAwait(false))
                progress.Take(message);
        }
        catch (EngineException exception)
        {
            throw progress.Failure(exception.Info.Message);
        }

        return progress.ImageId ?? (await engine.Images.InspectAsync(request.Image, cancellationToken).ConfigureAwait(false)).Id;
    }

    /// <summary>BuildKit without a session cannot log in anywhere, so what the Dockerfile names is pulled first.</summary>
    private static async Task PullBasesAsync(
        EngineClient engine, BuildRequest request, IReadOnlyList<string> images, RegistryCredentials? credentials, IEventSink sink, CancellationToken cancellationToken)
    {
        foreach (var image in images)
        {
            if (request.Build.Pull || request.Pull || !await ExistsAsync(engine, image, cancellationToken).ConfigureAwait(false))
                await ImagePuller.PullAsync(engine, image, request.Platform, credentials, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<bool> ExistsAsync(EngineClient engine, string image, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Images.InspectAsync(image, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return false;
        }
    }

    /// <summary>What only a BuildKit session could do is refused, where neither the engine nor buildx has one, rather than left out.</summary>
    private static void Refuse(BuildRequest request, string lacking)
    {
        foreach (var (attribute, used) in SessionAttributes(request))
        {
            if (used)
                throw ImageErrors.NeedsSession.Exception($"{request.Service.Origin}: the build of '{request.Service.Name}' uses {attribute}, which needs {lacking}.", request.Service.Name);
        }
    }

    /// <summary>Whether an attestation is wanted: the two take false, true, or what goes into it.</summary>
    private static bool Asks(string? attestation) => attestation is not (null or "" or "false");

    private static IEnumerable<(string Attribute, bool Used)> SessionAttributes(BuildRequest request)
    {
        var build = request.Build;
        return
        [
            ("a builder of its own", request.Builder is not null),
            ("secrets", build.Secrets.Count > 0),
            ("ssh", build.Ssh.Count > 0),
            ("cache_to", build.CacheTo.Count > 0),
            ("additional_contexts", build.AdditionalContexts.Count > 0),
            ("several platforms", build.Platforms.Count > 1),
            ("dockerfile_inline in a remote context", build.DockerfileInline is not null && PathResolver.IsRemote(build.Context)),
            ("no_cache_filter", build.NoCacheFilter.Count > 0),
            ("provenance", Asks(build.Provenance)),
            ("sbom", Asks(build.Sbom)),
            ("entitlements or privileged", build.Entitlements.Count > 0 || build.Privileged),
        ];
    }
}
