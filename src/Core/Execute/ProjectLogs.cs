using Compose.Events;
using Compose.Streams;

namespace Compose.Execute;

internal sealed partial class ProjectSession
{
    /// <summary>Emits the log lines of a project's containers, stopped ones included, as <see cref="ComposeLogEntry"/> results.</summary>
    public async Task ReadLogsAsync(LogRequest request, IEventSink sink, CancellationToken cancellationToken)
    {
        var containers = await GetContainersAsync(new ContainerQuery { ProjectName = request.ProjectName, All = true }, cancellationToken).ConfigureAwait(false);
        await new LogReader(Engine, request, sink).ReadAsync(containers, cancellationToken).ConfigureAwait(false);
    }
}
