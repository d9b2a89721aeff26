namespace Compose.Engine.Api;

/// <summary>The engine's swarm: services, tasks, nodes, secrets and configs.</summary>
internal sealed class SwarmApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests) : SwarmCalls(library, calls)
{
    /// <summary>
    /// Reads the raw log of a service, of all its tasks. Each line has details that name its task. The caller disposes the
    /// stream.
    /// </summary>
    public Task<Stream> ServiceLogsAsync(string id, LogQuery query, CancellationToken cancellationToken) =>
        LogsAsync(new Query($"/services/{Uri.EscapeDataString(id)}/logs").Add("details", true), id, query, cancellationToken);

    /// <summary>Reads the raw log of a task. The caller disposes the stream.</summary>
    public Task<Stream> TaskLogsAsync(string id, LogQuery query, CancellationToken cancellationToken) =>
        LogsAsync(new Query($"/tasks/{Uri.EscapeDataString(id)}/logs"), id, query, cancellationToken);

    private async Task<Stream> LogsAsync(Query path, string id, LogQuery query, CancellationToken cancellationToken)
    {
        var logs = path.Add("stdout", true).Add("stderr", true).Add("timestamps", true).Add("follow", query.Follow)
            .Add("since", query.Since).Add("until", query.Until).Add("tail", query.Tail);
        var sender = query.Follow ? requests.Endless : requests.Lasting;
        var response = await sender.SendAsync(HttpMethod.Get, logs, null, id, null, cancellationToken).ConfigureAwait(false);
        return await requests.ContentAsync(response).ConfigureAwait(false);
    }
}
