using Compose.Engine.Api;

namespace Compose.Engine.Own;

/// <summary>
/// GET /services/{id}/logs and /tasks/{id}/logs. Docker.DotNet hands on parts of frames and breaks lines, and has no logs of a
/// task.
/// </summary>
internal static class ReadTaskLogsCall
{
    /// <summary>
    /// Reads the raw log of a service, of all its tasks. Each line has details that name its task. The caller disposes the
    /// stream.
    /// </summary>
    public static Task<Stream> ServiceLogsAsync(
        this SwarmApi swarm, string id, LogQuery query, CancellationToken cancellationToken) =>
        swarm.LogsAsync(
            new Query($"/services/{Uri.EscapeDataString(id)}/logs").Add("details", true), id, query, cancellationToken);

    /// <summary>Reads the raw log of a task. The caller disposes the stream.</summary>
    public static Task<Stream> TaskLogsAsync(
        this SwarmApi swarm, string id, LogQuery query, CancellationToken cancellationToken) =>
        swarm.LogsAsync(new Query($"/tasks/{Uri.EscapeDataString(id)}/logs"), id, query, cancellationToken);

    private static async Task<Stream> LogsAsync(
        this SwarmApi swarm, Query path, string id, LogQuery query, CancellationToken cancellationToken)
    {
        var logs = path.Add("stdout", true).Add("stderr", true).Add("timestamps", true).Add("follow", query.Follow)
            .Add("since", query.Since).Add("until", query.Until).Add("tail", query.Tail);
        var sender = query.Follow ? swarm.Requests.Endless : swarm.Requests.Lasting;
        var response = await sender.SendAsync(HttpMethod.Get, logs, null, id, null, cancellationToken).ConfigureAwait(false);
        return await swarm.Requests.ContentAsync(response).ConfigureAwait(false);
    }
}
