using Compose.Events;
using Compose.Execute.Watch;
using Compose.Model;

namespace Compose.Execute;

internal sealed partial class ProjectSession
{
    /// <summary>Emits what is done for changed files as <see cref="ComposeWatchEvent"/> results, until it is cancelled.</summary>
    /// <exception cref="Errors.ComposeException">NothingToWatch, WatchNeedsBuild or WatchNeedsCommand.</exception>
    public Task WatchAsync(ComposeProject project, WatchOptions options, IEventSink sink, CancellationToken cancellationToken) =>
        new WatchRun(this, project, options, sink, cancellationToken).RunAsync();

    /// <summary>The project as it is brought up before watching: what is watched and built is built anew.</summary>
    public static ComposeProject BuildingWatched(ComposeProject project) => project with
    {
        Services = project.Services.ToDictionary(entry => entry.Key,
            entry => entry.Value is { Build: not null, Develop: not null } service ? service with { PullPolicy = "build" } : entry.Value, StringComparer.Ordinal),
    };
}
