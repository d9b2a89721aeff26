using System.Globalization;
using System.Runtime.CompilerServices;
using Compose.Engine.Dto;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>The engine itself, and what happens on it.</summary>
/// <remarks>
/// Events are requests of our own: the library hands them to a callback that cannot make it wait, and its stream of them is
/// marked as obsolete.
/// </remarks>
internal sealed class SystemApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool isPodman = false)
    : SystemCalls(library, calls)
{
    /// <summary>Podman also sends past events where only an end is given. It takes a beginning as how long ago it was.</summary>
    private const string Now = "0s";

    /// <summary>The time by the engine's clock, UTC, which logs and events are in.</summary>
    public async Task<DateTime> TimeAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.TryParse(
            info.SystemTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw EngineErrors.Protocol.Exception($"The engine's time cannot be read: '{info.SystemTime}'.", "info");
    }

    /// <param name="sinceNano">Engine time in nanoseconds since 1970 from which events are told again, or null.</param>
    /// <param name="filters">Which events.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<EngineEvent> EventsAsync(long? sinceNano, Filters? filters, CancellationToken cancellationToken) =>
        EventsAsync(sinceNano, null, filters, cancellationToken);

    /// <param name="sinceNano">Engine time in nanoseconds since 1970 from which events are told again, or null.</param>
    /// <param name="untilNano">Engine time at which the stream ends, or null.</param>
    /// <param name="filters">Which events.</param>
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
    /// The events the engine remembers up to a moment that is over. Podman ends such a stream too soon, so it is asked for all
    /// there are.
    /// </summary>
    /// <param name="sinceNano">Engine time in nanoseconds since 1970 of the first event, or null.</param>
    /// <param name="untilNano">Engine time of the last event.</param>
    /// <param name="filters">Which events.</param>
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
