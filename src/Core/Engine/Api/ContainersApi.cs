using System.Text.Json;
using Compose.Engine.Dto;
using Compose.Engine.Transport;

namespace Compose.Engine.Api;

/// <summary>The engine's containers, and the processes started in them.</summary>
internal sealed class ContainersApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool isPodman)
    : ContainerCalls(library, calls, isPodman)
{
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(bool all, Filters? filters, CancellationToken cancellationToken)
    {
        var listed = await requests.GetAsync(new Query("/containers/json").Add("all", all).Add("filters", filters),
            EngineJson.Default.ContainerSummaryArray, "containers", cancellationToken).ConfigureAwait(false);
        return IsPodman ? Array.ConvertAll(listed, PodmanTranslation.Container) : listed;
    }

    public async Task<ContainerInspect> InspectAsync(string id, CancellationToken cancellationToken)
    {
        var inspect = await requests.GetAsync(
            Path(id, "/json"), EngineJson.Default.ContainerInspect, id, cancellationToken).ConfigureAwait(false);
        return IsPodman ? PodmanTranslation.Container(inspect) : inspect;
    }

    public Task<CreateContainerResponse> CreateAsync(
        string? name, string? platform, CreateContainerRequest request, CancellationToken cancellationToken) =>
        requests.ReadAsync(HttpMethod.Post, new Query("/containers/create").Add("name", name).Add("platform", platform),
            EngineJson.Default.CreateContainerResponse,
            EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.CreateContainerRequest)),
            name ?? request.Image ?? "container", cancellationToken);

    /// <param name="id">The container.</param>
    /// <param name="seconds">The grace period; null uses the container's own.</param>
    /// <param name="cancellationToken">Stops waiting; the engine still stops the container.</param>
    public Task StopAsync(string id, int? seconds, CancellationToken cancellationToken) =>
        EndAsync(requests, Path(id, "/stop"), id, seconds, cancellationToken);

    /// <param name="id">The container.</param>
    /// <param name="seconds">The grace period of the stop; null uses the container's own.</param>
    /// <param name="cancellationToken">Stops waiting; the engine still restarts the container.</param>
    public Task RestartAsync(string id, int? seconds, CancellationToken cancellationToken) =>
        EndAsync(requests.Lasting, Path(id, "/restart"), id, seconds, cancellationToken);

    private Task EndAsync(EngineRequests sender, Query query, string id, int? seconds, CancellationToken cancellationToken) =>
        sender.After(seconds, async token => (await InspectAsync(id, token).ConfigureAwait(false)).Config.StopTimeout)
            .DoAsync(HttpMethod.Post, query.Add("t", seconds), null, id, cancellationToken);

    /// <summary>
    /// Waits for a container to exit. The outer task completes once the engine is waiting, so the exit of a container started
    /// after that cannot be missed. Podman answers only at the exit, so there the outer task completes then.
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="condition">next-exit, not-running or removed (POST /containers/{id}/wait).</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Task<WaitResponse>> WaitAsync(string id, string condition, CancellationToken cancellationToken)
    {
        var sender = IsPodman ? requests.Endless : requests;
        var query = Path(id, "/wait").Add("condition", condition);
        var response = await sender.SendAsync(HttpMethod.Post, query, null, id, null, cancellationToken).ConfigureAwait(false);
        return requests.ReadAsync(response, EngineJson.Default.WaitResponse, id, cancellationToken);
    }

    /// <summary>
    /// Reads the raw log: frames, or plain bytes for a container with a terminal. The caller disposes the stream.
    /// </summary>
    public async Task<Stream> LogsAsync(string id, LogQuery query, CancellationToken cancellationToken)
    {
        var logs = Path(id, "/logs").Add("stdout", true).Add("stderr", true).Add("timestamps", true).Add("follow", query.Follow)
            .Add("since", query.Since).Add("until", query.Until).Add("tail", query.Tail);
        var response = query.Follow
            ? await requests.Endless.SendAsync(HttpMethod.Get, logs, null, id, null, cancellationToken).ConfigureAwait(false)
            : await requests.GetLongAsync(logs, id, cancellationToken).ConfigureAwait(false);
        return await requests.ContentAsync(response).ConfigureAwait(false);
    }

    /// <summary>Reads one sample; the engine measures twice for it, which takes a second or two.</summary>
    public Task<StatsSample> StatsAsync(string id, CancellationToken cancellationToken) =>
        requests.GetAsync(Path(id, "/stats").Add("stream", "0"), EngineJson.Default.StatsSample, id, cancellationToken);

    /// <summary>Streams one sample a second; the first has no previous values.</summary>
    public IAsyncEnumerable<StatsSample> StatsStreamAsync(string id, CancellationToken cancellationToken) =>
        requests.StreamAsync(
            HttpMethod.Get, Path(id, "/stats").Add("stream", true), EngineJson.Default.StatsSample, null, id, null,
            cancellationToken);

    /// <summary>Creates an image from a container and returns the image's id. No time limit: the copy may be large.</summary>
    public async Task<string> CommitAsync(string id, CommitQuery query, CancellationToken cancellationToken)
    {
        var request = new Query("/commit").Add("container", id).Add("repo", query.Repository).Add("tag", query.Tag)
            .Add("comment", query.Comment).Add("author", query.Author).Add("pause", query.Pause ? "1" : "0");
        foreach (var change in query.Changes)
            request.Add("changes", change);
        var created = await requests.Endless
            .ReadAsync(HttpMethod.Post, request, EngineJson.Default.IdResponse, null, id, cancellationToken)
            .ConfigureAwait(false);
        return created.Id;
    }

    /// <summary>Unpacks a small tar archive at a path of the container.</summary>
    public Task PutArchiveAsync(string id, string path, byte[] tar, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(tar);
        content.Headers.ContentType = new("application/x-tar");
        return requests.Lasting.DoAsync(HttpMethod.Put, Path(id, "/archive").Add("path", path), content, id, cancellationToken);
    }

    /// <summary>Attaches to the streams of a container; earlier output is not included.</summary>
    /// <param name="id">The container.</param>
    /// <param name="input">Whether to attach to standard input.</param>
    /// <param name="detachKeys">The keys at which the engine detaches; null uses the engine's default.</param>
    /// <param name="cancellationToken">Cancels the request, not the connection once it is open.</param>
    public Task<HijackedConnection> AttachAsync(string id, bool input, string? detachKeys, CancellationToken cancellationToken) =>
        requests.HijackAsync(
            Path(id, "/attach")
                .Add("stream", true)
                .Add("stdin", input)
                .Add("stdout", true)
                .Add("stderr", true)
                .Add("detachKeys", detachKeys),
            [], id, cancellationToken);

    /// <summary>Starts an exec and attaches to its streams.</summary>
    public Task<HijackedConnection> StartExecAsync(string execId, bool tty, CancellationToken cancellationToken) =>
        requests.HijackAsync(new Query($"/exec/{execId}/start"),
            JsonSerializer.SerializeToUtf8Bytes(new ExecStartRequest(false, tty), EngineJson.Default.ExecStartRequest), execId,
            cancellationToken);

    /// <summary>Starts an exec and leaves it running.</summary>
    public Task StartExecDetachedAsync(string execId, bool tty, CancellationToken cancellationToken) =>
        requests.DoAsync(HttpMethod.Post, new Query($"/exec/{execId}/start"),
            EngineTransport.Json(
                JsonSerializer.SerializeToUtf8Bytes(new ExecStartRequest(true, tty), EngineJson.Default.ExecStartRequest)),
            execId, cancellationToken);

    private static Query Path(string id, string action) => new("/containers/" + Uri.EscapeDataString(id) + action);
}

/// <summary>The part of a log to read.</summary>
/// <param name="Follow">Whether to keep the stream open for new output.</param>
/// <param name="Since">Unix time with a fraction, or null.</param>
/// <param name="Until">Unix time with a fraction, or null.</param>
/// <param name="Tail">The number of lines, or null for all.</param>
internal sealed record LogQuery(bool Follow, string? Since, string? Until, string? Tail);

/// <summary>The options of a commit.</summary>
/// <param name="Repository">The image's name without its tag; null for none.</param>
/// <param name="Tag">Its tag, or null.</param>
/// <param name="Comment">The comment in the image's history.</param>
/// <param name="Author">The author in the image's metadata.</param>
/// <param name="Pause">Whether the engine pauses the container during the commit.</param>
/// <param name="Changes">Dockerfile instructions to apply: ENV, CMD, LABEL, ...</param>
internal sealed record CommitQuery(
    string? Repository, string? Tag, string? Comment, string? Author, bool Pause, IReadOnlyList<string> Changes);
