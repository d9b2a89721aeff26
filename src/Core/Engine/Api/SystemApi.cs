using System.Globalization;
using System.Runtime.CompilerServices;
using Compose.Engine.Dto;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>The API's /info, /version and /events: the engine itself.</summary>
/// <remarks>
/// Events do not use Docker.DotNet: its callback cannot slow the stream down, and its method that returns a stream is obsolete.
/// </remarks>
internal sealed class SystemApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool isPodman = false)
    : SystemCalls(library, calls)
{
    /// <summary>
    /// As since: from now on, as an age in Podman's form. Given only until, Podman would also send past events.
    /// </summary>
    private const string Now = "0s";

    /// <summary>Reads the engine's clock, in UTC; log and event times are from this clock.</summary>
    public async Task<DateTime> TimeAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.TryParse(
            info.SystemTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw EngineErrors.Protocol.Exception($"The engine's time cannot be read: '{info.SystemTime}'.", "info");
    }

    /// <param name="sinceNano">Engine time in nanoseconds since 1970; includes past events from then on. Null for none.</param>
    /// <param name="filters">The filters of the events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<EngineEvent> EventsAsync(long? sinceNano, Filters? filters, CancellationToken cancellationToken) =>
        EventsAsync(sinceNano, null, filters, cancellationToken);

    /// <param name="sinceNano">Engine time in nanoseconds since 1970; includes past events from then on. Null for none.</param>
    /// <param name="untilNano">Engine time in nanoseconds since 1970 at which the stream ends, or null.</param>
    /// <param name="filters">The filters of the events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<EngineEvent> EventsAsync(
        long? sinceNano, long? untilNano, Filters? filters, CancellationToken cancellationToken)
    {
        var since = Seconds(sinceNano) ?? (isPodman && untilNano is not null ? Now : null);
        var query = new Query("/events").Add("since", since).Add("until", Seconds(untilNano)).Add("filters", filters);
        return requests.StreamAsync(
            HttpMethod.Get, query, EngineJson.Default.EngineEvent, null, "events", null, cancellationToken);
    }

    /// <summary>
    /// Reads the events the engine has kept up to a time in the past. Podman ends such a stream too early, so there all past
    /// events are requested and the later ones left out.
    /// </summary>
    /// <param name="sinceNano">Engine time in nanoseconds since 1970 of the first event, or null.</param>
    /// <param name="untilNano">Engine time in nanoseconds since 1970 of the last event.</param>
    /// <param name="filters">The filters of the events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<EngineEvent> PastEventsAsync(
        long? sinceNano,
        long untilNano,
        Filters? filters,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var told = isPodman
            ? requests.StreamAsync(HttpMethod.Get,
                new Query("/events").Add("since", Seconds(sinceNano)).Add("stream", "false").Add("filters", filters),
                EngineJson.Default.EngineEvent, null, "events", null, cancellationToken)
            : EventsAsync(sinceNano, untilNano, filters, cancellationToken);
        await foreach (var one in told.ConfigureAwait(false))
        {
            if (!isPodman || one.TimeNano <= untilNano)
                yield return one;
        }
    }

    private static string? Seconds(long? nano) => nano is not { } value
        ? null
        : string.Format(CultureInfo.InvariantCulture, "{0}.{1:000000000}", value / 1_000_000_000, value % 1_000_000_000);
}
