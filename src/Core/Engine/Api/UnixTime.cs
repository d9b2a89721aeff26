using System.Globalization;

namespace Compose.Engine.Api;

/// <summary>Converts between the engine's times (seconds or nanoseconds since 1970) and UTC DateTime values.</summary>
internal static class UnixTime
{
    public static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const int NanosecondsOfTick = 100;

    private const decimal Latest = 253_402_300_799;
    private const decimal Earliest = -62_135_596_800;

    /// <summary>Converts seconds; a time outside the range of DateTime becomes its first or last second.</summary>
    public static DateTime FromSeconds(decimal seconds) =>
        Epoch.AddTicks((long)(Math.Max(Earliest, Math.Min(seconds, Latest)) * TimeSpan.TicksPerSecond));

    public static DateTime FromNano(long nanoseconds) => Epoch.AddTicks(nanoseconds / NanosecondsOfTick);

    public static long Nano(DateTime moment) => (moment - Epoch).Ticks * NanosecondsOfTick;

    /// <summary>Formats a time as seconds with a fraction of seven digits: <c>1767873600.1234567</c>.</summary>
    public static string Text(DateTime moment)
    {
        var ticks = (moment - Epoch).Ticks;
        return string.Format(
            CultureInfo.InvariantCulture, "{0}.{1:0000000}", ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond);
    }
}
