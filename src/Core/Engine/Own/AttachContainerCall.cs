using Compose.Engine.Api;
using Compose.Engine.Transport;

namespace Compose.Engine.Own;

/// <summary>
/// POST /containers/{id}/attach. Docker.DotNet inspects the container before each call and hands on parts of frames.
/// </summary>
internal static class AttachContainerCall
{
    /// <summary>Attaches to the streams of a container; earlier output is not included.</summary>
    /// <param name="containers">The engine's containers.</param>
    /// <param name="id">The container.</param>
    /// <param name="input">Whether to attach to standard input.</param>
    /// <param name="detachKeys">The keys at which the engine detaches; null uses the engine's default.</param>
    /// <param name="cancellationToken">Cancels the request, not the connection once it is open.</param>
    public static Task<HijackedConnection> AttachAsync(
        this ContainersApi containers, string id, bool input, string? detachKeys, CancellationToken cancellationToken) =>
        containers.Requests.HijackAsync(
            new Query($"/containers/{Uri.EscapeDataString(id)}/attach")
                .Add("stream", true)
                .Add("stdin", input)
                .Add("stdout", true)
                .Add("stderr", true)
                .Add("detachKeys", detachKeys),
            [], id, cancellationToken);
}
