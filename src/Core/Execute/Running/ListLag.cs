using Compose.Engine.Api;
using Compose.State;

namespace Compose.Execute.Running;

/// <summary>
/// The engine answers a stop before its own list tells of it. A plan ends when the list does: who looks next, a cmdlet down the
/// pipeline or the next line of a script, must not find running what was stopped.
/// </summary>
internal static class ListLag
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The ids of those that still run.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="stopped">Ids of containers that were stopped.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<IReadOnlyList<string>> CatchUpAsync(
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
