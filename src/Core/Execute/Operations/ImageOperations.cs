using Compose.Engine.Dto;
using Compose.Errors;
using Compose.Events;
using Compose.Execute.Running;
using Compose.Execute.Session;
using Compose.Images.Build;
using Compose.Images.Buildx;
using Compose.Images.Registry;
using Compose.Plan;
using Compose.State;
using Compose.State.Choosing;
using Compose.State.Reading;

namespace Compose.Execute.Operations;

/// <summary>Lists images, checks builds, and reports what a pull, build or push made.</summary>
internal sealed class ImageOperations(ProjectSession session)
{
    /// <summary>
    /// Emits what docker buildx finds in the Dockerfiles of a plan's builds, each finding at once. Nothing is built.
    /// </summary>
    /// <exception cref="Errors.ComposeException">There is no buildx that can check, or the check fails.</exception>
    public async Task CheckBuildsAsync(ComposePlan plan, IEventSink sink, CancellationToken cancellationToken)
    {
        await BuildxCheck.EnsureAsync(cancellationToken).ConfigureAwait(false);
        foreach (var build in plan.Actions.OfType<BuildImage>().Select(ActionRunner.Request))
        {
            var progress = new BuildProgress(build, sink);
            try
            {
                var answer = await BuildxBuilder.CheckAsync(
                    session.Engine.DockerVariables, build, session.Credentials, progress, cancellationToken)
                    .ConfigureAwait(false);
                foreach (var finding in BuildxCheck.Read(build, answer))
                    sink.Emit(new ResultEvent(finding));
            }
            finally
            {
                progress.End();
            }
        }
    }

    /// <summary>The images that a report's steps made: one result per service and image, named after its last step.</summary>
    public async Task<IReadOnlyList<ComposeImageResult>> ResultsAsync(
        ExecutionReport report, CancellationToken cancellationToken)
    {
        var results = new List<ComposeImageResult>();
        foreach (var action in report.Actions.Where(action => action.Status == "Done"))
        {
            (string Service, string Image, string Result)? done = action.Step switch
            {
                PullImage pull => (pull.Service, pull.Image, "Pulled"),
                BuildImage build => (build.Service, build.Image, "Built"),
                PushImage push => (push.Service, push.Image, "Pushed"),
                _ => null,
            };
            if (done is not { } made)
                continue;
            var image = await InspectAsync(made.Image, cancellationToken).ConfigureAwait(false);
            results.RemoveAll(earlier => earlier.Service == made.Service && earlier.Image == made.Image);
            results.Add(new ComposeImageResult
            {
                EngineHost = report.EngineHost,
                ProjectName = report.ProjectName,
                Service = made.Service,
                Image = made.Image,
                Result = made.Result,
                Id = image?.Id ?? "",
                Digest = image is null ? null : Digest(image, made.Image),
                Duration = action.Duration,
            });
        }

        return results;
    }

    /// <summary>The images of a project's containers: one result for each container, one inspection for each image.</summary>
    /// <param name="choice">Which containers.</param>
    /// <param name="checkUpdate">Whether to ask the registries for the current digest. If a registry does not answer, that is an
    /// error and the result has no digest.</param>
    /// <param name="sink">Receives errors and warnings.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ComposeImage>> ListAsync(
        ContainerChoice choice, bool checkUpdate, IEventSink sink, CancellationToken cancellationToken)
    {
        var containers = await session.Containers.ChooseAsync(choice, cancellationToken).ConfigureAwait(false);
        var names = containers.Select(container => container.Image).Distinct().ToList();
        var images = await Task.WhenAll(
            names.Select(name => InspectAsync(name, cancellationToken))).ConfigureAwait(false);
        var digests = await Task.WhenAll(
            names.Zip(images, (name, image) => checkUpdate && image is { RepoDigests.Count: > 0 } && !IsId(name)
                ? RegistryDigestAsync(name, sink, cancellationToken)
                : Task.FromResult<string?>(null))).ConfigureAwait(false);
        return [
            .. containers.Select(container => (container, index: names.IndexOf(container.Image)))
            .Select(pair => Image(pair.container, images[pair.index], digests[pair.index]))];
    }

    private async Task<string?> RegistryDigestAsync(string name, IEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await RegistryDigest.OfAsync(session.Engine, name, session.Credentials, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ComposeException exception)
        {
            sink.Emit(new ErrorEvent(exception.Info));
            return null;
        }
    }

    private static ComposeImage Image(ComposeContainer container, ImageInspect? image, string? registryDigest)
    {
        var reference = IsId(container.Image) ? null : ImageReference.Parse(container.Image);
        var digest = image is null || reference is null ? null : Digest(image, container.Image);
        return new ComposeImage
        {
            EngineHost = container.EngineHost,
            ProjectName = container.ProjectName,
            Service = container.Service,
            Container = container.Container,
            Replica = container.Replica,
            Image = container.Image,
            Repository = reference?.Name,
            Tag = reference?.Digest is null ? reference?.Tag : null,
            Id = image?.Id ?? container.Image,
            Digest = digest,
            Platform = image is null ? null : ImagePlatform.Of(image),
            Size = image?.Size,
            Created = ResourceMapping.Time(image?.Created),
            RegistryDigest = registryDigest,
            UpdateAvailable = registryDigest is null
                ? null
                : image!.RepoDigests!.All(known => !known.EndsWith("@" + registryDigest, StringComparison.Ordinal)),
        };
    }

    /// <summary>The engine shows the id of an image whose name another image has taken.</summary>
    private static bool IsId(string image) =>
        image.StartsWith("sha256:", StringComparison.Ordinal) || (image.Length == 12 && image.All(Uri.IsHexDigit));

    /// <summary>Null if only the builder has the image, because it was built for several platforms.</summary>
    private Task<ImageInspect?> InspectAsync(string image, CancellationToken cancellationToken) =>
        StateReader.PresentAsync(session.Engine.Images.InspectAsync(image, cancellationToken));

    /// <summary>The digest that the image has in the registry of its name.</summary>
    private static string? Digest(ImageInspect image, string name)
    {
        var repository = ImageReference.Parse(State.ImageName.Familiar(name)).Name + "@";
        return image.RepoDigests?.FirstOrDefault(digest =>
            digest.StartsWith(repository, StringComparison.Ordinal))?.Substring(repository.Length);
    }
}
