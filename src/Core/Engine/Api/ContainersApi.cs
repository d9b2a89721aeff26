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
        return IsPodman ? Array.ConvertAll(listed, PodmanSpelling.Container) : listed;
    }

    public async Task<ContainerInspect> InspectAsync(string id, CancellationToken cancellationToken)
    {
        var inspect = await requests.GetAsync(
            Path(id, "/json"), EngineJson.Default.ContainerInspect, id, cancellationToken).ConfigureAwait(false);
        return IsPodman ? PodmanSpelling.Container(inspect) : inspect;
    }

    public Task<CreateContainerResponse> CreateAsync(
        string? name, string? platform, CreateContainerRequest request, CancellationToken cancellationToken) =>
        requests.ReadAsync(HttpMethod.Post, new Query("/containers/create").Add("name", name).Add("platform", platform),
            EngineJson.Default.CreateContainerResponse,
            EngineTransport.Json(JsonSerializer.SerializeToUtf8Bytes(request, EngineJson.Default.CreateContainerRequest)),
            name ?? request.Image ?? "container", cancellationToken);

    /// <param name="id">The container.</param>
    /// <param name="seconds">The grace period; null: the container's own.</param>
    /// <param name="cancellationToken">Stops waiting, not the engine's stopping.</param>
    public Task StopAsync(string id, int? seconds, CancellationToken cancellationToken) =>
        EndAsync(requests, Path(id, "/stop"), id, seconds, cancellationToken);

    /// <param name="id">The container.</param>
    /// <param name="seconds">The grace period of its stop; null: the container's own.</param>
    /// <param name="cancellationToken">Stops waiting, not the engine's restarting.</param>
    public Task RestartAsync(string id, int? seconds, CancellationToken cancellationToken) =>
        EndAsync(requests.Lasting, Path(id, "/restart"), id, seconds, cancellationToken);

    private Task EndAsync(EngineRequests patient, Query query, string id, int? seconds, CancellationToken cancellationToken) =>
        patient.After(seconds, async token => (await InspectAsync(id, token).ConfigureAwait(false)).Config.StopTimeout)
            .DoAsync(HttpMethod.Post, query.Add("t", seconds), null, id, cancellationToken);

    /// <summary>
    /// Waits for a container's end. The outer task is done once the engine listens, so that a start after it cannot be missed.
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="condition">next-exit, not-running or removed (POST /containers/{id}/wait).</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Task<WaitResponse>> WaitAsync(string id, string condition, CancellationToken cancellationToken)
    {
        // Podman answers nothing before the end.
        var patient = IsPodman ? requests.Endless : requests;
        var query = Path(id, "/wait").Add("condition", condition);
        var response = await patient.SendAsync(HttpMethod.Post, query, null, id, null, cancellationToken).ConfigureAwait(false);
        return requests.ReadAsync(response, EngineJson.Default.WaitResponse, id, cancellationToken);
    }

    /// <summary>The raw log: frames, or a terminal's bytes. The caller disposes the stream.</summary>
    public async Task<Stream> LogsAsync(string id, LogQuery query, CancellationToken cancellationToken)
    {
        var logs = Path(id, "/logs").Add("stdout", true).Add("stderr", true).Add("timestamps", true).Add("follow", query.Follow)
            .Add("since", query.Since).Add("until", query.Until).Add("tail", query.Tail);
        var response = query.Follow
            ? await requests.Endless.SendAsync(HttpMethod.Get, logs, null, id, null, cancellationToken).ConfigureAwait(false)
            : await requests.GetLongAsync(logs, id, cancellationToken).ConfigureAwait(false);
        return await requests.ContentAsync(response).ConfigureAwait(false);
    }

    /// <summary>One sample, for which the engine looks twice (a second or two).</summary>
    public Task<StatsSample> StatsAsync(string id, CancellationToken cancellationToken) =>
        requests.GetAsync(Path(id, "/stats").Add("stream", "0"), EngineJson.Default.StatsSample, id, cancellationToken);

    /// <summary>A sample a second; the first has nothing before it.</summary>
    public IAsyncEnumerable<StatsSample> StatsStreamAsync(string id, CancellationToken cancellationToken) =>
        requests.StreamAsync(
            HttpMethod.Get, Path(id, "/stats").Add("stream", true), EngineJson.Default.StatsSample, null, id, null,
            cancellationToken);

    /// <summary>Makes an image of what a container is now; the image's id. It takes as long as there is to copy.</summary>
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

    /// <summary>Takes over the streams of a container, from now on.</summary>
    /// <param name="id">The container.</param>
    /// <param name="input">Whether its standard input is wanted.</param>
    /// <param name="detachKeys">The keys the engine itself takes as the end; null: its own.</param>
    /// <param name="cancellationToken">Ends the request, not the connection.</param>
    public Task<HijackedConnection> AttachAsync(string id, bool input, string? detachKeys, CancellationToken cancellationToken) =>
        requests.HijackAsync(
            Path(id, "/attach")
                .Add("stream", true)
                .Add("stdin", input)
                .Add("stdout", true)
                .Add("stderr", true)
                .Add("detachKeys", detachKeys),
            [], id, cancellationToken);

    /// <summary>Starts an exec and takes its streams over.</summary>
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

/// <summary>What part of a log is wanted.</summary>
/// <param name="Follow">Whether to stay for what is written later.</param>
/// <param name="Since">Unix time with a fraction, or null.</param>
/// <param name="Until">Unix time with a fraction, or null.</param>
/// <param name="Tail">A number of lines, or null for all.</param>
internal sealed record LogQuery(bool Follow, string? Since, string? Until, string? Tail);

/// <summary>How an image is made of a container.</summary>
/// <param name="Repository">The image's name without its tag; null for none.</param>
/// <param name="Tag">Its tag, or null.</param>
/// <param name="Comment">What its history says.</param>
/// <param name="Author">Who made it.</param>
/// <param name="Pause">Whether the container stands still meanwhile.</param>
/// <param name="Changes">Instructions of a Dockerfile to apply: ENV, CMD, LABEL, ...</param>
internal sealed record CommitQuery(
    string? Repository, string? Tag, string? Comment, string? Author, bool Pause, IReadOnlyList<string> Changes);
