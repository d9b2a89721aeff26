using System.Globalization;

namespace Compose.Files.Canonical;

/// <summary>Parses sizes such as <c>64m</c> or <c>1.5gb</c>; units are powers of 1024.</summary>
internal static class ByteSize
{
    /// <summary>The number of bytes, or null if the text is not a size.</summary>
    public static object? Parse(string text)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        var digits = trimmed.Length;
        while (digits > 0 && !char.IsDigit(trimmed[digits - 1]) && trimmed[digits - 1] != '.')
            digits--;
        var unit = trimmed.Substring(digits).Trim();
        if (!double.TryParse(trimmed.Substring(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        var power = unit switch
        {
            "" or "b" => 0,
            "k" or "kb" or "kib" => 1,
            "m" or "mb" or "mib" => 2,
            "g" or "gb" or "gib" => 3,
            "t" or "tb" or "tib" => 4,
            "p" or "pb" or "pib" => 5,
            _ => -1,
        };
        return power < 0 ? null : WholeNumber.Of(number * Math.Pow(1024, power));
    }
}
