using System.Globalization;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>
/// The engine itself: info, version and clock. Events, which Docker.DotNet cannot read as needed, are extension methods in
/// Engine/Own.
/// </summary>
internal sealed class SystemApi(DockerLibrary library, IEngineCalls calls, EngineRequests requests, bool isPodman)
    : SystemCalls(library, calls)
{
    public EngineRequests Requests => requests;

    /// <summary>Whether the engine is Podman, whose events differ from Docker's in places.</summary>
    public bool IsPodman => isPodman;

    /// <summary>Reads the engine's clock, in UTC; log and event times are from this clock.</summary>
    public async Task<DateTime> TimeAsync(CancellationToken cancellationToken)
    {
        var info = await InfoAsync(cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.TryParse(
            info.SystemTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw EngineErrors.Protocol.Exception($"The engine's time cannot be read: '{info.SystemTime}'.", "info");
    }
}
