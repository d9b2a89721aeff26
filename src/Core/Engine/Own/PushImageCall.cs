using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// POST /images/{name}/push. Docker.DotNet drops the error of an engine that sends no details with it, and its callback cannot
/// slow the stream down.
/// </summary>
internal static class PushImageCall
{
    public static IAsyncEnumerable<ProgressMessage> PushAsync(
        this ImagesApi images, string name, string tag, string authorization, CancellationToken cancellationToken) =>
        images.Requests.StreamAsync(
            HttpMethod.Post, new Query($"/images/{name}/push").Add("tag", tag), EngineJson.Default.ProgressMessage, null, name,
            new("X-Registry-Auth", authorization), cancellationToken);
}
