using System.Management.Automation;
using Compose.Execute.Waiting;
using Compose.Module.Common.Parameters;

namespace Compose.Module.Common;

/// <summary>Accepts the name of a state to wait for, or a script block that decides for each container.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WaitForAttribute : ArgumentTransformationAttribute
{
    internal static readonly string[] Names = ["Ready", "Running", "Healthy", "Exited", "Port"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = WrappedValue.Unwrap(inputData);
        return value switch
        {
            ScriptBlock => value,
            string text when Names.FirstOrDefault(name =>
                string.Equals(name, text, StringComparison.OrdinalIgnoreCase)) is { } name => name,
            _ =>
                throw new ArgumentTransformationMetadataException(
                    $"'{value}' is nothing to wait for. Give {string.Join(", ", Names)}, or a script block."),
        };
    }

    internal static WaitFor Read(object value) =>
        value is string name && Enum.TryParse<WaitFor>(name, ignoreCase: true, out var known) ? known : WaitFor.Condition;
}
