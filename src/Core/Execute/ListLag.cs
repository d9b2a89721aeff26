using Compose.Engine.Api;
using Compose.State;

namespace Compose.Execute;

/// <summary>
/// The engine answers a stop or a start before its own list tells of it. A plan ends when the list does: who looks next, a cmdlet down
/// the pipeline or the next line of a script, must not find running what was stopped.
/// </summary>
internal static class ListLag
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    /// <param name="engine">The engine.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="stopped">Ids of containers that were stopped.</param>
    /// <param name="started">Ids of containers that were started for the first time or again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task CatchUpAsync(EngineClient engine, string project, IReadOnlyCollection<string> stopped, IReadOnlyCollection<string> started, CancellationToken cancellationToken)
    {
        if (stopped.Count == 0 && started.Count == 0)
            return;
        var pause = FirstPause;
        for (var waited = TimeSpan.Zero; waited < Limit; waited += pause, pause += pause)
        {
            var containers = await engine.Containers.ListAsync(true, Filters.Label(ComposeLabels.Of(ComposeLabels.Project, project)), cancellationToken).ConfigureAwait(false);
            var lags = containers.Any(container => container.State == "created" ? started.Contains(container.Id) : container.State is "running" or "restarting" && stopped.Contains(container.Id));
            if (!lags)
                return;
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
