using System.Globalization;
using System.Runtime.CompilerServices;
using Compose.Engine.Api;
using Compose.Engine.Dto;

namespace Compose.Engine.Own;

/// <summary>
/// GET /events. Docker.DotNet passes events to a callback that cannot slow the stream down; its method that returns a stream is
/// obsolete.
/// </summary>
internal static class ReadEventsCall
{
    /// <summary>
    /// As since: from now on, as an age in Podman's form. Given only until, Podman would also send past events.
    /// </summary>
    private const string Now = "0s";

    /// <param name="system">The engine.</param>
    /// <param name="sinceNano">Engine time in nanoseconds since 1970; includes past events from then on. Null for none.</param>
    /// <param name="filters">The filters of the events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static IAsyncEnumerable<EngineEvent> EventsAsync(
        this SystemApi system, long? sinceNano, Filters? filters, CancellationToken cancellationToken) =>
        system.EventsAsync(sinceNano, null, filters, cancellationToken);

    /// <param name="system">The engine.</param>
    /// <param name="sinceNano">Engine time in nanoseconds since 1970; includes past events from then on. Null for none.</param>
    /// <param name="untilNano">Engine time in nanoseconds since 1970 at which the stream ends, or null.</param>
    /// <param name="filters">The filters of the events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static IAsyncEnumerable<EngineEvent> EventsAsync(
        this SystemApi system, long? sinceNano, long? untilNano, Filters? filters, CancellationToken cancellationToken)
    {
        var since = Seconds(sinceNano) ?? (system.IsPodman && untilNano is not null ? Now : null);
        return StreamAsync(
            system, Events().Add("since", since).Add("until", Seconds(untilNano)).Add("filters", filters), cancellationToken);
    }

    /// <summary>
    /// Reads the events the engine has kept up to a time in the past. Podman ends such a stream too early, so there all past
    /// events are requested and the later ones left out.
    /// </summary>
    /// <param name="system">The engine.</param>
    /// <param name="sinceNano">Engine time in nanoseconds since 1970 of the first event, or null.</param>
    /// <param name="untilNano">Engine time in nanoseconds since 1970 of the last event.</param>
    /// <param name="filters">The filters of the events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static async IAsyncEnumerable<EngineEvent> PastEventsAsync(
        this SystemApi system,
        long? sinceNano,
        long untilNano,
        Filters? filters,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var received = system.IsPodman
            ? StreamAsync(
                system, Events().Add("since", Seconds(sinceNano)).Add("stream", "false").Add("filters", filters),
                cancellationToken)
            : system.EventsAsync(sinceNano, untilNano, filters, cancellationToken);
        await foreach (var one in received.ConfigureAwait(false))
        {
            if (!system.IsPodman || one.TimeNano <= untilNano)
                yield return one;
        }
    }

    private static Query Events() => new Query("/events");

    private static IAsyncEnumerable<EngineEvent> StreamAsync(
        SystemApi system, Query query, CancellationToken cancellationToken) =>
        system.Requests.StreamAsync(
            HttpMethod.Get, query, EngineJson.Default.EngineEvent, null, "events", null, cancellationToken);

    private static string? Seconds(long? nano) => nano is not { } value
        ? null
        : string.Format(CultureInfo.InvariantCulture, "{0}.{1:000000000}", value / 1_000_000_000, value % 1_000_000_000);
}
