using Compose.Engine.Api;
using Compose.Engine.Own;
using Compose.State;

namespace Compose.Execute.Running;

/// <summary>
/// The engine answers a stop before its list shows it. A plan ends when the list shows it, so that the next cmdlet does not find
/// stopped containers running.
/// </summary>
internal static class ContainerListCatchUp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the list shows the stops, and returns the ids that still run at the time limit.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="stopped">Ids of containers that were stopped.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<IReadOnlyList<string>> WaitAsync(
        EngineClient engine, string project, IReadOnlyCollection<string> stopped, CancellationToken cancellationToken)
    {
        if (stopped.Count == 0)
            return [];
        var pause = FirstPause;
        for (var waited = TimeSpan.Zero; ; waited += pause, pause += pause)
        {
            var filters = Filters.Label(ComposeLabels.Of(ComposeLabels.Project, project));
            var containers = await engine.Containers.ListAsync(true, filters, cancellationToken).ConfigureAwait(false);
            var running = containers.Where(container => container.State is "running" or "restarting")
                .Select(container => container.Id);
            var left = running.Where(stopped.Contains).ToList();
            if (left.Count == 0 || waited >= Limit)
                return left;
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
