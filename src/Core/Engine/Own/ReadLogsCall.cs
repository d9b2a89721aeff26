using Compose.Engine.Api;

namespace Compose.Engine.Own;

/// <summary>
/// GET /containers/{id}/logs. Docker.DotNet inspects the container before each call, hands on parts of frames and breaks lines.
/// </summary>
internal static class ReadLogsCall
{
    /// <summary>
    /// Reads the raw log: frames, or plain bytes for a container with a terminal. The caller disposes the stream.
    /// </summary>
    public static async Task<Stream> LogsAsync(
        this ContainersApi containers, string id, LogQuery query, CancellationToken cancellationToken)
    {
        var requests = containers.Requests;
        var logs = new Query($"/containers/{Uri.EscapeDataString(id)}/logs")
            .Add("stdout", true)
            .Add("stderr", true)
            .Add("timestamps", true)
            .Add("follow", query.Follow)
            .Add("since", query.Since)
            .Add("until", query.Until)
            .Add("tail", query.Tail);
        var response = query.Follow
            ? await requests.Endless.SendAsync(HttpMethod.Get, logs, null, id, null, cancellationToken).ConfigureAwait(false)
            : await requests.GetLongAsync(logs, id, cancellationToken).ConfigureAwait(false);
        return await requests.ContentAsync(response).ConfigureAwait(false);
    }
}

/// <summary>The part of a log to read.</summary>
/// <param name="Follow">Whether to keep the stream open for new output.</param>
/// <param name="Since">Unix time with a fraction, or null.</param>
/// <param name="Until">Unix time with a fraction, or null.</param>
/// <param name="Tail">The number of lines, or null for all.</param>
internal sealed record LogQuery(bool Follow, string? Since, string? Until, string? Tail);
