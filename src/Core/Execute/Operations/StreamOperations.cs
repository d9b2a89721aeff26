using Compose.Events;
using Compose.Execute.Session;
using Compose.State.Choosing;
using Compose.Streams;
using Compose.Streams.Events;
using Compose.Streams.Logs;
using Compose.Streams.Stats;

namespace Compose.Execute.Operations;

/// <summary>Reads what a project's containers write, do and use: log lines, events, resource use.</summary>
internal sealed class StreamOperations(ProjectSession session)
{
    /// <summary>
    /// Emits the log lines of a project's containers, stopped ones included, as <see cref="ComposeLogEntry"/> results.
    /// </summary>
    public async Task ReadLogsAsync(LogRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        var reader = new LogReader(session.Engine, request, sink);
        var containers = await session.Containers.ChooseAsync(request.Choice, cancellationToken).ConfigureAwait(false);
        if (request.Follow)
        {
            var feed = session.Containers.Feed(request.Choice.ProjectName, request.Until);
            await reader.FollowAsync(feed, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await reader.ReadAsync(containers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Emits a project's events as <see cref="ComposeEngineEvent"/> results. A service that has neither events nor containers is
    /// an error.
    /// </summary>
    public async Task ReadEventsAsync(EventRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        if (request.Follow)
            await session.Containers.ChooseAsync(request.Choice, cancellationToken).ConfigureAwait(false);
        var emitted = await new EventReader(session.Engine, sink).ReadAsync(request, session.Now, cancellationToken)
            .ConfigureAwait(false);
        if (emitted == 0 && !request.Follow)
            await session.Containers.ChooseAsync(request.Choice, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Emits what containers use as <see cref="ComposeStats"/> results, once or repeatedly.</summary>
    /// <param name="choice">Which containers.</param>
    /// <param name="all">Whether to include stopped containers.</param>
    /// <param name="follow">Whether to continue until cancelled.</param>
    /// <param name="sink">Receives the results.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadStatsAsync(
        ContainerChoice choice, bool all, bool follow, IEventSink sink, CancellationToken cancellationToken)
    {
        var chosen = await session.Containers.ChooseAsync(choice, cancellationToken).ConfigureAwait(false);
        var reader = new StatsReader(session.Engine, sink);
        if (follow)
            await reader.FollowAsync(session.Containers.Feed(choice.ProjectName), choice, cancellationToken)
                .ConfigureAwait(false);
        else
            await reader.ReadAsync([.. chosen.Where(container => all || container.IsUp)], cancellationToken)
                .ConfigureAwait(false);
    }
}
