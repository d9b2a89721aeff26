using System.Management.Automation;

namespace Compose.Module.Common;

/// <summary>Refuses negative durations.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotNegativeAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan duration && duration < TimeSpan.Zero)
            throw new ValidationMetadataException(
                $"A wait cannot last {duration.TotalSeconds:0.###} s. Give 0 or more, or leave it out to wait without a limit.");
    }
}
