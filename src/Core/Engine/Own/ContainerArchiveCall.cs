using Compose.Engine.Api;
using Compose.Engine.Dto;
using Compose.Errors;

namespace Compose.Engine.Own;

/// <summary>
/// HEAD, GET and PUT /containers/{id}/archive: files of a container as tar. Docker.DotNet does not send Expect: 100-continue,
/// without which a refusal is lost, and cannot read an archive over a connection of its own.
/// </summary>
internal static class ContainerArchiveCall
{
    /// <summary>In bytes: the two zero blocks that end every tar archive.</summary>
    private const int EmptyArchive = 1024;
    private const string StatHeader = "X-Docker-Container-Path-Stat";

    /// <summary>Returns the type, size and mode of a path; null when the path does not exist.</summary>
    public static async Task<PathStat?> StatPathAsync(
        this ContainersApi containers, string id, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await containers.Requests
                .SendAsync(HttpMethod.Head, Archive(id, path), null, id, null, cancellationToken).ConfigureAwait(false);
            return Stat(response, id);
        }
        catch (EngineException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads a file, or a directory with its contents, as a tar archive. The caller disposes the stream; disposing it before the
    /// end of the archive closes the connection.
    /// </summary>
    public static async Task<(PathStat Stat, Stream Content)> GetArchiveAsync(
        this ContainersApi containers, string id, string path, CancellationToken cancellationToken)
    {
        var requests = containers.Requests;
        var response = await requests.GetLongAsync(Archive(id, path), id, cancellationToken).ConfigureAwait(false);
        try
        {
            return (Stat(response, id), await requests.ContentAsync(response).ConfigureAwait(false));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Unpacks a tar archive into a directory; never replaces a directory with a file or vice versa.</summary>
    /// <param name="containers">The engine's containers.</param>
    /// <param name="id">The container.</param>
    /// <param name="path">The directory.</param>
    /// <param name="tar">The archive.</param>
    /// <param name="ownedByUser">Whether the container's user owns the unpacked files, not the owners in the archive.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    public static async Task PutArchiveAsync(
        this ContainersApi containers,
        string id,
        string path,
        HttpContent tar,
        bool ownedByUser,
        CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(containers, id, path, tar, ownedByUser, cancellationToken).ConfigureAwait(false);
        }
        catch (ComposeException exception) when (exception.Info.Id == EngineErrors.ConnectionLost.Id)
        {
            // An engine that rejects the upload closes the connection halfway through, so its error is lost. The same request
            // with an empty archive returns that error.
            using var empty = new ByteArrayContent(new byte[EmptyArchive]);
            await SendAsync(containers, id, path, empty, ownedByUser, cancellationToken).ConfigureAwait(false);
            throw CopyErrors.BrokenOff.Exception($"The engine broke the copy to '{path}' off.", path, inner: exception);
        }
    }

    // With Expect: 100-continue, the engine reports most errors before the archive is sent.
    private static Task SendAsync(
        ContainersApi containers,
        string id,
        string path,
        HttpContent tar,
        bool ownedByUser,
        CancellationToken cancellationToken) =>
        containers.Requests.Endless.DoAsync(
            HttpMethod.Put, Archive(id, path).Add("noOverwriteDirNonDir", "true").Add("copyUIDGID", ownedByUser), tar, id,
            new("Expect", "100-continue"), cancellationToken);

    /// <summary>Unpacks a small tar archive at a path of the container.</summary>
    public static Task PutArchiveAsync(
        this ContainersApi containers, string id, string path, byte[] tar, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(tar);
        content.Headers.ContentType = new("application/x-tar");
        return containers.Requests.Lasting.DoAsync(
            HttpMethod.Put, Archive(id, path), content, id, cancellationToken);
    }

    private static Query Archive(string id, string path) =>
        new Query($"/containers/{Uri.EscapeDataString(id)}/archive").Add("path", path);

    private static PathStat Stat(HttpResponseMessage response, string id)
    {
        try
        {
            if (response.Headers.TryGetValues(StatHeader, out var values))
                return EngineAnswer.Read(Convert.FromBase64String(values.First()), EngineJson.Default.PathStat, id);
        }
        catch (FormatException exception)
        {
            throw EngineErrors.Protocol.Exception(
                $"The engine's description of a path cannot be read: {exception.Message}", id, inner: exception);
        }

        throw EngineErrors.Protocol.Exception("The engine's answer does not say what the path is.", id);
    }
}
