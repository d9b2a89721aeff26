namespace Compose.Streams.Logs;

/// <summary>
/// Reads the engine's times, <c>2024-05-01T12:00:00.123456789Z</c>, without the framework's parser, because every line has one.
/// </summary>
internal static class LogTimestamp
{
    private const int SecondsLength = 19;

    /// <summary>UTC; the default value if the bytes are no time.</summary>
    public static DateTime Parse(byte[] text, int offset, int length)
    {
        if (length < SecondsLength || text[offset + 10] != 'T')
            return default;
        var (year, month, day) = (Number(text, offset, 4), Number(text, offset + 5, 2), Number(text, offset + 8, 2));
        var (hour, minute, second) = (Number(text, offset + 11, 2), Number(text, offset + 14, 2), Number(text, offset + 17, 2));
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return default;
        var time = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        long ticks = 0;
        var scale = TimeSpan.TicksPerSecond;
        for (
            var index = offset + SecondsLength + 1; index < offset + length
                && text[index] is >= (byte)'0' and <= (byte)'9'
                && scale > 1; index++)
        {
            scale /= 10;
            ticks += (text[index] - '0') * scale;
        }

        return time.AddTicks(ticks);
    }

    private static int Number(byte[] text, int offset, int digits)
    {
        var value = 0;
        for (var index = 0; index < digits; index++)
            value = (value * 10) + (text[offset + index] - '0');
        return value;
    }
}
