using Compose.Engine.Api;
using Compose.Errors;
using Compose.Events;
using Compose.Files;
using Compose.Model;

namespace Compose.Images;

/// <summary>Builds images over the Engine API: with BuildKit where the engine has it, else with the classic builder.</summary>
internal static class ImageBuilder
{
    /// <summary>Builds and tags an image; answers its id.</summary>
    public static async Task<string> BuildAsync(
        EngineClient engine, BuildRequest request, RegistryCredentials? credentials, IEventSink sink, CancellationToken cancellationToken)
    {
        Refuse(request);
        var progress = new BuildProgress(request.Image, sink);
        progress.Begin();
        try
        {
            if (PathResolver.IsRemote(request.Build.Context))
                return await SendAsync(engine, request, null, buildKit: false, progress, cancellationToken).ConfigureAwait(false);
            using var context = BuildContext.Open(request.Build);
            var buildKit = engine.BuilderVersion == "2";
            if (buildKit)
                await PullBasesAsync(engine, request, context, credentials, sink, cancellationToken).ConfigureAwait(false);
            return await SendAsync(engine, request, context, buildKit, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            progress.End();
        }
    }

    private static async Task<string> SendAsync(
        EngineClient engine, BuildRequest request, BuildContext? context, bool buildKit, BuildProgress progress, CancellationToken cancellationToken)
    {
        var query = BuildQuery.Create(request, context?.DockerfileName, buildKit);
        try
        {
            await foreach (var message in engine.Images.BuildAsync(query, context, null, request.Image, cancellationToken).ConfigureAwait(false))
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
        EngineClient engine, BuildRequest request, BuildContext context, RegistryCredentials? credentials, IEventSink sink, CancellationToken cancellationToken)
    {
        foreach (var image in DockerfileImages.Find(context.Dockerfile, BuildQuery.Arguments(request)))
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

    /// <summary>What only a BuildKit session could do is refused rather than left out.</summary>
    private static void Refuse(BuildRequest request)
    {
        foreach (var (attribute, used) in SessionAttributes(request.Build))
        {
            if (used)
                throw ImageErrors.NeedsSession.Exception($"{request.Service.Origin}: the build of '{request.Service.Name}' uses {attribute}, which needs a BuildKit session.", request.Service.Name);
        }
    }

    private static IEnumerable<(string Attribute, bool Used)> SessionAttributes(BuildDefinition build) =>
    [
        ("secrets", build.Secrets.Count > 0),
        ("ssh", build.Ssh.Count > 0),
        ("cache_to", build.CacheTo.Count > 0),
        ("additional_contexts", build.AdditionalContexts.Count > 0),
        ("several platforms", build.Platforms.Count > 1),
        ("entitlements", build.Entitlements.Count > 0 || build.Privileged),
    ];
}
