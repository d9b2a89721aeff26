using Compose.Events;
using Compose.Streams;
using Compose.Streams.Logs;

namespace Compose.Execute.Session;

internal sealed partial class ProjectSession
{
    /// <summary>
    /// Emits the log lines of a project's containers, stopped ones included, as <see cref="ComposeLogEntry"/> results.
    /// </summary>
    public async Task ReadLogsAsync(LogRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        var reader = new LogReader(Engine, request, sink);
        var containers = await ChooseAsync(request.Choice, all: true, cancellationToken).ConfigureAwait(false);
        if (request.Follow)
            await reader.FollowAsync(Feed(request.Choice.ProjectName, request.Until), cancellationToken).ConfigureAwait(false);
        else
            await reader.ReadAsync(containers, cancellationToken).ConfigureAwait(false);
    }
}
