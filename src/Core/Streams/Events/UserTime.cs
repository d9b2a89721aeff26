using System.Globalization;
using Compose.Engine.Api;
using Compose.Files.Canonical;

namespace Compose.Streams.Events;

/// <summary>
/// Times as docker accepts them: how long ago (<c>10m</c>), a date and time (RFC 3339, possibly shortened at its end), or seconds
/// since 1970.
/// </summary>
internal static class UserTime
{
    private static readonly string[] Zoned =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HHzzz", "yyyy-MM-ddzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH'Z'", "yyyy-MM-dd'Z'",
    ];

    private static readonly string[] Local = [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH", "yyyy-MM-dd"];

    /// <summary>The time, UTC, or null if the text is no time.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="now">The current time, UTC: durations are counted back from it.</param>
    /// <param name="zone">The user's time zone, for times without a zone.</param>
    public static DateTime? Parse(string text, DateTime now, TimeZoneInfo zone)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds < 100_000_000_000m ? UnixTime.FromSeconds(seconds) : null;
        if (ComposeDuration.Parse(text) is { } ago)
            return now - ago;
        // The engine writes nine digits of a second, .NET reads seven.
        var shortened = System.Text.RegularExpressions.Regex.Replace(text, @"(\.\d{7})\d+", "$1");
        if (DateTime.TryParseExact(
            shortened, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var moment))
            return moment;
        return DateTime.TryParseExact(shortened, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)
            && !zone.IsInvalidTime(wall)
            ? TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), zone)
            : null;
    }
}
