using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// POST /commit. Docker.DotNet does not send pause=0, so the engine would pause the container all the same.
/// </summary>
internal static class CommitContainerCall
{
    /// <summary>Creates an image from a container and returns the image's id. No time limit: the copy may be large.</summary>
    public static async Task<string> CommitAsync(
        this ContainersApi containers, string id, CommitQuery query, CancellationToken cancellationToken)
    {
        var request = new Query("/commit").Add("container", id).Add("repo", query.Repository).Add("tag", query.Tag)
            .Add("comment", query.Comment).Add("author", query.Author).Add("pause", query.Pause ? "1" : "0");
        foreach (var change in query.Changes)
            request.Add("changes", change);
        var created = await containers.Requests.Endless
            .ReadAsync(HttpMethod.Post, request, EngineJson.Default.IdResponse, null, id, cancellationToken)
            .ConfigureAwait(false);
        return created.Id;
    }
}

/// <summary>The options of a commit.</summary>
/// <param name="Repository">The image's name without its tag; null for none.</param>
/// <param name="Tag">Its tag, or null.</param>
/// <param name="Comment">The comment in the image's history.</param>
/// <param name="Author">The author in the image's metadata.</param>
/// <param name="Pause">Whether the engine pauses the container during the commit.</param>
/// <param name="Changes">Dockerfile instructions to apply: ENV, CMD, LABEL, ...</param>
internal sealed record CommitQuery(
    string? Repository, string? Tag, string? Comment, string? Author, bool Pause, IReadOnlyList<string> Changes);
