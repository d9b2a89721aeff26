using Compose.Engine.Dto;
using Compose.Events;
using Compose.Execute.Running;
using Compose.Images.Build;
using Compose.Images.Buildx;
using Compose.Images.Registry;
using Compose.Model;
using Compose.Plan;
using Compose.Plan.Commands;
using Compose.Plan.Input;
using Compose.State.Reading;

namespace Compose.Execute.Session;

/// <summary>What a session does to a project's images alone.</summary>
internal sealed partial class ProjectSession
{
    public async Task<ComposePlan> PlanPullAsync(
        ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        ImageCommandPlanner.Pull(await ImageContextAsync(project, cancellationToken).ConfigureAwait(false), request);

    public async Task<ComposePlan> PlanBuildAsync(
        ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        ImageCommandPlanner.Build(await ImageContextAsync(project, cancellationToken).ConfigureAwait(false), request);

    public async Task<ComposePlan> PlanPushAsync(
        ComposeProject project, ImageRequest request, CancellationToken cancellationToken) =>
        ImageCommandPlanner.Push(await ImageContextAsync(project, cancellationToken).ConfigureAwait(false), request);

    /// <summary>
    /// What docker buildx finds to say about the Dockerfiles of a plan's builds, each as it is found; nothing is built.
    /// </summary>
    /// <exception cref="Errors.ComposeException">There is no buildx that checks, or it cannot.</exception>
    public async Task CheckBuildsAsync(ComposePlan plan, IEventSink sink, CancellationToken cancellationToken)
    {
        await BuildxCheck.EnsureAsync(cancellationToken).ConfigureAwait(false);
        foreach (var build in plan.Actions.OfType<BuildImage>().Select(ActionRunner.Request))
        {
            var progress = new BuildProgress(build, sink);
            try
            {
                var answer = await BuildxBuilder.CheckAsync(
                    Engine.DockerVariables, build, _credentials, progress, cancellationToken).ConfigureAwait(false);
                foreach (var finding in BuildxCheck.Read(build, answer))
                    sink.Emit(new ResultEvent(finding));
            }
            finally
            {
                progress.End();
            }
        }
    }

    /// <summary>The images whose steps were done, one result per service and image, the last step's name on it.</summary>
    public async Task<IReadOnlyList<ComposeImageResult>> ImageResultsAsync(
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
            var image = await InspectImageAsync(made.Image, cancellationToken).ConfigureAwait(false);
            results.RemoveAll(earlier => earlier.Service == made.Service && earlier.Image == made.Image);
            results.Add(new ComposeImageResult
            {
                EngineHost =
                    report.EngineHost, ProjectName =
                        report.ProjectName, Service = made.Service, Image = made.Image, Result = made.Result,
                Id = image?.Id ?? "", Digest = image is null ? null : Digest(image, made.Image), Duration = action.Duration,
            });
        }

        return results;
    }

    /// <summary>Null for what was built for several platforms: only the builder has it.</summary>
    private Task<ImageInspect?> InspectImageAsync(string image, CancellationToken cancellationToken) =>
        StateReader.PresentAsync(Engine.Images.InspectAsync(image, cancellationToken));

    private async Task<PlanContext> ImageContextAsync(ComposeProject project, CancellationToken cancellationToken) =>
        Context(project, await ObserveAsync(project, cancellationToken).ConfigureAwait(false), new UpOptions(), Answers.None);

    /// <summary>The digest the image's own registry keeps it under.</summary>
    private static string? Digest(ImageInspect image, string name)
    {
        var repository = ImageReference.Parse(State.ImageName.Familiar(name)).Name + "@";
        return image.RepoDigests?.FirstOrDefault(digest =>
            digest.StartsWith(repository, StringComparison.Ordinal))?.Substring(repository.Length);
    }
}
