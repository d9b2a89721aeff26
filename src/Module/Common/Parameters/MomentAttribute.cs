using System.Management.Automation;
using Compose.Module.Common.Parameters;
using Compose.Streams.Events;

namespace Compose.Module.Common;

/// <summary>
/// Converts times as PowerShell and docker write them: a date, a time span or a text such as 10m before now, RFC 3339, or seconds
/// since 1970.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MomentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var now = DateTime.UtcNow;
        var value = WrappedValue.Unwrap(inputData);
        return value switch
        {
            null => null,
            DateTime moment => moment.ToUniversalTime(),
            DateTimeOffset moment => moment.UtcDateTime,
            TimeSpan ago => now - ago,
            _ =>
                UserTime.Parse(
                    Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "", now, TimeZoneInfo.Local)
                    ?? Culture(value)
                ?? throw new ArgumentTransformationMetadataException(
                    $"'{value}' is not a time. Give a date, how long ago ('10m', '1h30m' or a time span), a time such as "
                        + "2026-01-31T13:00:00Z, or seconds since 1970."),
        };
    }

    /// <summary>Parses a date in the invariant culture, as PowerShell does.</summary>
    private static DateTime? Culture(object value) =>
        value is string text
            && DateTime.TryParse(
                text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeLocal,
                out var moment)
            ? moment.ToUniversalTime()
            : null;
}
