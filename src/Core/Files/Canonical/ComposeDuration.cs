using System.Globalization;

namespace Compose.Files.Canonical;

/// <summary>Parses durations such as <c>1h30m</c> or <c>500ms</c>, with days and weeks.</summary>
internal static class ComposeDuration
{
    /// <summary>The longest duration of docker compose: 64 bits of nanoseconds, 292 years.</summary>
    private const double MaxTicks = long.MaxValue / 100d;

    /// <summary>The duration, rounded down to 100 ns; null if the text is not a duration or is too long.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        var total = 0d;
        var index = text.StartsWith("-", StringComparison.Ordinal) ? 1 : 0;
        if (index == text.Length)
            return null;
        while (index < text.Length)
        {
            var start = index;
            while (index < text.Length && (char.IsDigit(text[index]) || text[index] == '.'))
                index++;
            if (!double.TryParse(
                text.Substring(start, index - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number))
                return null;
            start = index;
            while (index < text.Length && !char.IsDigit(text[index]) && text[index] != '.')
                index++;
            if (Ticks(text.Substring(start, index - start)) is not { } unit)
                return null;
            total += number * unit;
        }

        return !(total <= MaxTicks) ? null : TimeSpan.FromTicks((long)(text[0] == '-' ? -total : total));
    }

    private static double? Ticks(string unit) => unit switch
    {
        "ns" => 0.01,
        "us" or "µs" or "μs" => 10,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        "d" => TimeSpan.TicksPerDay,
        "w" => TimeSpan.TicksPerDay * 7d,
        _ => null,
    };
}
