using Compose.Events;
using Compose.Execute.Watch;
using Compose.Model;

namespace Compose.Execute.Session;

internal sealed partial class ProjectSession
{
    /// <summary>Begins to watch; what is done for changed files are <see cref="ComposeWatchEvent"/> results of its run.</summary>
    /// <exception cref="Errors.ComposeException">NothingToWatch, AlreadyWatched, or a rule that lacks what its action
    /// needs.</exception>
    public BegunWatch BeginWatch(ComposeProject project, WatchOptions options, IEventSink sink) =>
        new(this, project, options, sink);

    /// <summary>The project as it is brought up before watching: what is watched and built is built anew.</summary>
    public static ComposeProject BuildingWatched(ComposeProject project) => project with
    {
        Services = project.Services.ToDictionary(entry => entry.Key,
            entry =>
                entry.Value is { Build: not null } service && (service.Develop ?? service.LegacyDevelop) is not null
                    ? service with { PullPolicy = "build" }
                    : entry.Value,
                StringComparer.Ordinal),
    };
}
