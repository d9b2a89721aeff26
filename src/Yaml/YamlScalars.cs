using System.Globalization;

namespace Compose.Yaml;

/// <summary>Converts the text of plain scalars to values, and values to text.</summary>
internal static class YamlScalars
{
    private static readonly string[] DateFormats =
    [
        "yyyy-M-d", "yyyy-M-dTH:m:sK", "yyyy-M-dtH:m:sK", "yyyy-M-dTH:m:s.FFFFFFFK", "yyyy-M-dtH:m:s.FFFFFFFK", "yyyy-M-d H:m:s",
        "yyyy-M-d H:m:s.FFFFFFF",
    ];

    /// <summary>The value of a plain scalar: null, bool, long, ulong, double, DateTimeOffset or string.</summary>
    public static object? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE": return true;
            case "false" or "False" or "FALSE": return false;
            case ".inf" or ".Inf" or ".INF" or "+.inf": return double.PositiveInfinity;
            case "-.inf" or "-.Inf" or "-.INF": return double.NegativeInfinity;
            case ".nan" or ".NaN" or ".NAN": return double.NaN;
        }

        var first = text[0];
        if (!(char.IsDigit(first) || first is '-' or '+' or '.'))
            return text;
        return Integer(text) is { } integer ? integer
            : first != '0' && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large) ? large
            : Float(text) is { } real ? real
            : Date(text) is { } date ? date
            : text;
    }

    /// <summary>Formats a value as Go's fmt does: docker compose writes numbers in labels and variables so.</summary>
    public static string Format(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        double real => FormatReal(real),
        DateTimeOffset date => FormatDate(date),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static long? Integer(string text)
    {
        var digits = text.Replace("_", "");
        var negative = digits.StartsWith("-", StringComparison.Ordinal);
        if (negative || digits.StartsWith("+", StringComparison.Ordinal))
            digits = digits.Substring(1);
        if (digits.Length == 0 || !char.IsDigit(digits[0]))
            return null;
        var magnitude =
            digits.StartsWith("0x", StringComparison.Ordinal) ? Parse(digits.Substring(2), 16)
            : digits.StartsWith("0b", StringComparison.Ordinal) ? Parse(digits.Substring(2), 2)
            : digits.StartsWith("0o", StringComparison.Ordinal) ? Parse(digits.Substring(2), 8)
            : digits.Length > 1 && digits[0] == '0' ? Parse(digits.Substring(1), 8)
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        return negative ? -magnitude : magnitude;
    }

    private static long? Parse(string digits, int radix)
    {
        if (digits.Length == 0)
            return null;
        long value = 0;
        foreach (var digit in digits)
        {
            var worth = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
            if (worth < 0 || worth >= radix || value > (long.MaxValue >> 4))
                return null;
            value = (value * radix) + worth;
        }

        return value;
    }

    private static double? Float(string text)
    {
        foreach (var character in text)
        {
            if (!(char.IsDigit(character) || character is '.' or 'e' or 'E' or '+' or '-' or '_'))
                return null;
        }

        return double.TryParse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && !double.IsInfinity(value)
            ? value
            : null;
    }

    private static DateTimeOffset? Date(string text) =>
        text.Length >= 8
            && text[4] == '-'
            && DateTimeOffset.TryParseExact(
                text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;

    private static string FormatDate(DateTimeOffset date)
    {
        var hours = (date.Offset < TimeSpan.Zero ? "-" : "+") + date.Offset.ToString("hhmm", CultureInfo.InvariantCulture);
        var offset = date.Offset == TimeSpan.Zero ? "+0000 UTC" : $"{hours} {hours}";
        return date.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture).TrimEnd('.') + " " + offset;
    }

    /// <summary>Formats a double like Go's %v: the shortest round-trip digits, with an exponent below -4 and from 6.</summary>
    private static string FormatReal(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        if (value == 0)
            return double.IsNegativeInfinity(1 / value) ? "-0" : "0";
        var exponential = value.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 17; precision++)
        {
            var candidate = value.ToString("E" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture) == value)
            {
                exponential = candidate;
                break;
            }
        }

        var split = exponential.IndexOf('E');
        var exponent = int.Parse(exponential.Substring(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= 6)
            return exponential.Substring(0, split) + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent)
                .ToString("00", CultureInfo.InvariantCulture);
        return value.ToString("0.#################", CultureInfo.InvariantCulture);
    }
}
