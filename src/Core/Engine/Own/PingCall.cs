using Compose.Engine.Api;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Engine.Own;

/// <summary>
/// GET /_ping. Docker.DotNet hides the headers of the answer, which tell the API version, the system and the builder, and it
/// does not negotiate a version.
/// </summary>
internal static class PingCall
{
    public static async Task<PingAnswer> PingAsync(EngineTransport transport, CancellationToken cancellationToken)
    {
        var host = transport.Endpoint.Host;
        using var response = await new EngineRequests(transport, "", TimeLimit.Endless)
            .AskAsync(new Query("/_ping"), host, cancellationToken).ConfigureAwait(false);
        var version = ApiVersion.Parse(Header(response, "Api-Version"))
            ?? throw EngineErrors.Protocol.Exception($"What answers at {host} is not a Docker engine.", host);
        return new PingAnswer(
            version,
            Header(response, "OSType") ?? "linux",
            Header(response, "Builder-Version"),
            IsPodman: Header(response, "Libpod-Api-Version") is not null);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}

/// <summary>What the headers of a ping answer say.</summary>
/// <param name="Version">The newest API version of the engine.</param>
/// <param name="OSType">linux or windows.</param>
/// <param name="BuilderVersion">The builder the engine recommends: "2" is BuildKit.</param>
/// <param name="IsPodman">Whether the engine is Podman.</param>
internal sealed record PingAnswer(ApiVersion Version, string OSType, string? BuilderVersion, bool IsPodman);
