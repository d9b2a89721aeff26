using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.Errors;
using Compose.Events;
using Compose.Files.Reading;
using Compose.Images.Buildx;
using Compose.Images.Dockerfiles;
using Compose.Images.Registry;

namespace Compose.Images.Build;

/// <summary>
/// Builds images over the Engine API, with BuildKit if the engine has it, else with the classic builder. Builds that need a
/// BuildKit session are done by docker buildx.
/// </summary>
internal sealed class ImageBuilder
{
    private readonly EngineClient _engine;
    private readonly BuildRequest _request;
    private readonly RegistryCredentials? _credentials;
    private readonly IEventSink _sink;
    private readonly BuildProgress _progress;

    private ImageBuilder(EngineClient engine, BuildRequest request, RegistryCredentials? credentials, IEventSink sink) =>
        (_engine, _request, _credentials, _sink, _progress) = (engine, request, credentials, sink, new(request, sink));

    /// <summary>Builds and tags an image. Returns its id, or an empty string if the engine does not have the image.</summary>
    public static async Task<string> BuildAsync(
        EngineClient engine, BuildRequest request, RegistryCredentials? credentials, IEventSink sink,
        CancellationToken cancellationToken)
    {
        var builder = new ImageBuilder(engine, request, credentials, sink);
        builder._progress.Begin();
        try
        {
            return await builder.BuildAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            builder._progress.End();
        }
    }

    private async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        WarnOfIsolation();
        ClassicBuilder.Check(_request);
        if (PathResolver.IsRemote(_request.Build.Context))
            return BuildKitSessionCheck.Of(_request).FirstOrDefault() is { } attribute
                ? await BuildInSessionAsync(attribute, cancellationToken).ConfigureAwait(false)
                : await BuildRemoteAsync(cancellationToken).ConfigureAwait(false);

        var own = await BaseImages.OwnPlatformAsync(_engine, cancellationToken).ConfigureAwait(false);
        var obstacle = (string?)null;
        using var context = OpenContext(text =>
        {
            var contexted = ImageContexts.Apply(_request, text, BaseImages.Platforms(_request, own));
            obstacle = contexted.Obstacle;
            return contexted.Text;
        });
        var bases = new BaseImages(_engine, _request, own, context.Dockerfile);
        var mount = BuildKitSessionCheck.Of(_request, bases.Found, _request.PlaceOf);
        if ((mount ?? BuildKitSessionCheck.Of(_request).FirstOrDefault() ?? obstacle) is not { } need)
            return await BuildLocalAsync(context, bases, cancellationToken).ConfigureAwait(false);
        if (obstacle is not null && _request.PrefersBuildKit == false)
            throw ClassicBuilder.Refusal(_request, $"{obstacle}, which the classic builder cannot take");
        return await BuildInSessionAsync(need, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> BuildInSessionAsync(string need, CancellationToken cancellationToken)
    {
        if (_engine.OSType == "windows")
            throw NeedsSession(need, "BuildKit, which an engine of Windows containers has not");
        return await BuildWithBuildxAsync(cancellationToken).ConfigureAwait(false)
            ?? throw NeedsSession(need, "docker buildx, and it is not installed");
    }

    /// <summary>Builds a remote context. Its Dockerfile is not known here, so its images cannot be pulled before.</summary>
    private async Task<string> BuildRemoteAsync(CancellationToken cancellationToken)
    {
        if (_request.PrefersBuildKit != false && _engine.OSType != "windows")
        {
            if (await BuildWithBuildxAsync(cancellationToken).ConfigureAwait(false) is { } built)
                return built;
            Verbose(
                "what a remote Dockerfile names is not known before the build, and docker buildx is not installed, so the "
                    + "classic builder builds");
        }

        return await SendAsync(null, buildKit: false, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> BuildLocalAsync(BuildContext context, BaseImages bases, CancellationToken cancellationToken)
    {
        var needs = DockerfileRequirements.Of(context.Dockerfile);
        var (isLarge, isEarly) = context.Survey();
        if (!UsesBuildKit(needs.BuildKit || bases.ForAnotherPlatform || isEarly))
            return await BuildClassicAsync(context, bases, cancellationToken).ConfigureAwait(false);

        var obstacle = bases.Obstacle;
        // BuildKit uses the whole archive as context, so COPY would find a Dockerfile that was only added to the archive.
        var stray = context.CarriesDockerfile && needs.Takes(context.DockerfileName);
        var caches = await bases.AbsentCachesAsync(cancellationToken).ConfigureAwait(false);
        var better = obstacle is not null || stray || caches.Count > 0 || isLarge || isEarly
            || await bases.WouldMoveNamesAsync(cancellationToken).ConfigureAwait(false);
        // The BuildKit of engines before 23 does not support additional contexts, though the Dockerfile has their images.
        var isUnderstood = _engine.HasBuildKit || _request.Build.AdditionalContexts.Count == 0;
        if (better && isUnderstood && await BuildWithBuildxAsync(cancellationToken).ConfigureAwait(false) is { } built)
            return built;
        if (obstacle is not null || (stray && !needs.BuildKit))
        {
            Verbose(
                $"{obstacle ?? "a Dockerfile that is not part of the context would be copied with it"}, and docker buildx is not "
                    + "installed, so the classic builder builds");
            return await BuildClassicAsync(context, bases, cancellationToken).ConfigureAwait(false);
        }

        if (isEarly)
            Verbose("without docker buildx, files from before 1970 are from 1970 in the image");
        if (stray)
            Warn(
                $"without docker buildx, what is copied of the context has the Dockerfile in it, as '{context.DockerfileName}'.");
        if (caches.Count > 0)
            Verbose(
                $"{string.Join(", ", caches)} of cache_from is not on the engine; without docker buildx BuildKit asks its "
                    + "registry without a login");
        var names = await PullAsync(bases, cancellationToken).ConfigureAwait(false);
        try
        {
            if (await TriggerNeedAsync(bases, cancellationToken).ConfigureAwait(false) is { } need)
                return await BuildInSessionAsync(need, cancellationToken).ConfigureAwait(false);
            WarnOfLimits();
            using var renamed = names.Names.Count > 0 ? OpenContext(_ => names.In(context.Dockerfile, bases.Found)) : null;
            return await SendAsync(renamed ?? context, buildKit: true, bases.Found, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await names.RemoveAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Builds with the classic builder. It pulls images itself, which moves their names, so these are moved back.
    /// </summary>
    private async Task<string> BuildClassicAsync(BuildContext context, BaseImages bases, CancellationToken cancellationToken)
    {
        // A base image's ONBUILD may refer to an additional context, so the image must be inspected before the build.
        if (_request.Build.AdditionalContexts.Count > 0)
        {
            await (await PullAsync(bases, cancellationToken).ConfigureAwait(false)).RemoveAsync().ConfigureAwait(false);
            if (await TriggerNeedAsync(bases, cancellationToken).ConfigureAwait(false) is { } need)
                throw ClassicBuilder.Refusal(_request, $"it uses {need}, which the classic builder cannot take");
        }

        var saved = await bases.SaveNamesAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SendAsync(context, buildKit: false, bases.Found, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var name in saved)
            {
                if (await bases.HasMovedAsync(name).ConfigureAwait(false))
                    await name.RestoreAsync(_sink).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// What the ONBUILD instructions of the base images need that only a BuildKit session provides, or null.
    /// </summary>
    private async Task<string?> TriggerNeedAsync(BaseImages bases, CancellationToken cancellationToken)
    {
        var triggers = await bases.TriggersAsync(cancellationToken).ConfigureAwait(false);
        var names = triggers.AllStages.SelectMany(stage => stage.References).Select(reference => reference.Name).OfType<string>();
        return ImageContexts.ContextAmong(_request, names) is { } context
            ? $"an image whose ONBUILD takes the additional context '{context}'"
            : BuildKitSessionCheck.Of(_request, triggers, _ => $"{_request.Service.Origin}: ONBUILD of its base image");
    }

    /// <param name="change">Changes the Dockerfile's text before it is sent.</param>
    private BuildContext OpenContext(Func<string, string> change)
    {
        try
        {
            return BuildContext.Open(_request.Build, change);
        }
        catch (ComposeException exception)
        {
            throw Placed(exception);
        }
    }

    /// <summary>Pulls the images of the build, and adds the service and image to errors.</summary>
    private async Task<TemporaryNames> PullAsync(BaseImages bases, CancellationToken cancellationToken)
    {
        try
        {
            return await bases.PullAsync(_credentials, _sink, cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception) when (exception is not EngineException)
        {
            throw Placed(exception);
        }
    }

    private ComposeException Placed(ComposeException exception) =>
        new(
            exception.Info with
            {
                Message = $"{_request.Service.Origin}: the image '{_request.Image}' cannot be built: {exception.Info.Message}",
            },
            exception);

    /// <summary>
    /// Whether to use BuildKit. Engines before 23 have it but do not prefer it, so there it is used only for what the classic
    /// builder does not support.
    /// </summary>
    private bool UsesBuildKit(bool needed) =>
        _engine.OSType != "windows" && (_request.PrefersBuildKit ?? (_engine.HasBuildKit || needed));

    /// <summary>Builds with docker buildx; null if it is not installed.</summary>
    private async Task<string?> BuildWithBuildxAsync(CancellationToken cancellationToken)
    {
        if (!await BuildxBuilder.IsInstalledAsync(cancellationToken).ConfigureAwait(false))
            return null;
        WarnOfLimits();
        await BuildxBuilder.BuildAsync(_engine.DockerVariables, _request, _credentials, _progress, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return await IdAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException exception) when (exception.Status == 404 && _request.Build.Platforms.Count > 1)
        {
            if (!_request.Push)
                Warn(
                    "it was built for several platforms, and the engine keeps one of them at most: only the builder has it. Push "
                        + "it with -Push.");
            return "";
        }
    }

    private async Task<string> SendAsync(
        BuildContext? context, bool buildKit, DockerfileImages? bases, CancellationToken cancellationToken)
    {
        // The classic builder pulls images itself and needs the logins for their registries; Docker Hub's is always sent.
        var registries = bases is not { Unresolved.Count: 0 }
            ? null
            : bases.Images.Select(image => ImageReference.Parse(image.Name).Registry).Append(ImageReference.DockerHub);
        var logins = buildKit || _credentials is null
            ? null
            : await _credentials.ConfigHeaderAsync(registries, cancellationToken).ConfigureAwait(false);
        var query = BuildQuery.Create(_request, context?.DockerfileName, buildKit, _engine.OSType);
        context?.For(buildKit);
        try
        {
            var messages = _engine.Images.BuildAsync(query, context, logins, _request.Image, cancellationToken);
            await foreach (var message in messages.ConfigureAwait(false))
                _progress.Take(message);
        }
        catch (Exception) when (context?.Failure is not null)
        {
            throw context.Failure;
        }
        catch (EngineException exception)
        {
            throw _progress.Failure(exception.Info.Message);
        }

        return _progress.ImageId ?? await IdAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> IdAsync(CancellationToken cancellationToken) =>
        (await _engine.Images.InspectAsync(_request.Image, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>The error for a build that needs a BuildKit session, instead of building without the attribute.</summary>
    private ComposeException NeedsSession(string attribute, string lacking) => ImageErrors.NeedsSession.Exception(
        $"{_request.Service.Origin}: the build of '{_request.Service.Name}' uses {attribute}, which needs {lacking}.",
        _request.Service.Name);

    private void WarnOfLimits()
    {
        if (_request.Memory is not null)
            Warn("BuildKit has no memory limit for builds, so it is ignored.");
        if (!_engine.HasBuildKit && (_request.Build.Ulimits.Count > 0 || _request.Build.ShmSize is not null))
            Warn("the BuildKit of engines before 23 ignores ulimits and shm_size.");
    }

    private void WarnOfIsolation()
    {
        if (_request.Build.Isolation is not (null or "" or "default") && _engine.OSType != "windows")
            Warn($"isolation: {_request.Build.Isolation} is for Windows containers; this engine's are not, so it is ignored.");
    }

    private void Warn(string text) => _sink.Emit(new WarningEvent($"{_request.Image}: {text}"));

    private void Verbose(string text) => _sink.Emit(new VerboseEvent($"{_request.Image}: {text}."));
}
