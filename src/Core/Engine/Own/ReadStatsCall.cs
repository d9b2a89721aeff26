using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// GET /containers/{id}/stats. Docker.DotNet passes samples to a callback that cannot slow the stream down; its method that
/// returns a stream is obsolete.
/// </summary>
internal static class ReadStatsCall
{
    /// <summary>Reads one sample; the engine measures twice for it, which takes a second or two.</summary>
    public static Task<StatsSample> StatsAsync(
        this ContainersApi containers, string id, CancellationToken cancellationToken) =>
        containers.Requests.GetAsync(
            Stats(id).Add("stream", "0"), EngineJson.Default.StatsSample, id, cancellationToken);

    /// <summary>Streams one sample a second; the first has no previous values.</summary>
    public static IAsyncEnumerable<StatsSample> StatsStreamAsync(
        this ContainersApi containers, string id, CancellationToken cancellationToken) =>
        containers.Requests.StreamAsync(
            HttpMethod.Get, Stats(id).Add("stream", true), EngineJson.Default.StatsSample, null, id, null, cancellationToken);

    private static Query Stats(string id) => new Query($"/containers/{Uri.EscapeDataString(id)}/stats");
}
