using System.Globalization;

namespace Compose.Engine.Api;

/// <summary>Times as the engine counts them: seconds or nanoseconds since 1970. Moments are UTC.</summary>
internal static class UnixTime
{
    public static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const int NanosecondsOfTick = 100;

    private const decimal Latest = 253_402_300_799;
    private const decimal Earliest = -62_135_596_800;

    /// <summary>A time no calendar has is its last or first.</summary>
    public static DateTime FromSeconds(decimal seconds) =>
        Epoch.AddTicks((long)(Math.Max(Earliest, Math.Min(seconds, Latest)) * TimeSpan.TicksPerSecond));

    public static DateTime FromNano(long nanoseconds) => Epoch.AddTicks(nanoseconds / NanosecondsOfTick);

    public static long Nano(DateTime moment) => (moment - Epoch).Ticks * NanosecondsOfTick;

    /// <summary>Seconds with the fraction a moment can have: <c>1767873600.1234567</c>.</summary>
    public static string Text(DateTime moment)
    {
        var ticks = (moment - Epoch).Ticks;
        return string.Format(
            CultureInfo.InvariantCulture, "{0}.{1:0000000}", ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond);
    }
}
