using System.Globalization;
using System.Management.Automation;
using Compose.Module.Common.Parameters;

namespace Compose.Module.Common;

/// <summary>Converts a number to a duration in seconds; PowerShell itself would convert it to ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = WrappedValue.Unwrap(inputData);
        return value switch
        {
            int or long or double or decimal => TimeSpan.FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) =>
                TimeSpan.FromSeconds(seconds),
            _ => inputData,
        };
    }
}
