using System.Text.Json;
using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Own;

/// <summary>
/// POST /exec/{id}/start. Docker.DotNet upgrades the connection even where the process is detached, and hands on parts of frames.
/// </summary>
internal static class StartExecCall
{
    /// <summary>Starts an exec and attaches to its streams.</summary>
    public static Task<HijackedConnection> StartExecAsync(
        this ContainersApi containers, string execId, bool tty, CancellationToken cancellationToken) =>
        containers.Requests.HijackAsync(Start(execId), Body(detach: false, tty), execId, cancellationToken);

    /// <summary>Starts an exec and leaves it running.</summary>
    public static Task StartExecDetachedAsync(
        this ContainersApi containers, string execId, bool tty, CancellationToken cancellationToken) =>
        containers.Requests.DoAsync(
            HttpMethod.Post, Start(execId), EngineTransport.Json(Body(detach: true, tty)), execId, cancellationToken);

    private static Query Start(string execId) => new Query($"/exec/{execId}/start");

    private static byte[] Body(bool detach, bool tty) =>
        JsonSerializer.SerializeToUtf8Bytes(new ExecStartRequest(detach, tty), EngineJson.Default.ExecStartRequest);
}
