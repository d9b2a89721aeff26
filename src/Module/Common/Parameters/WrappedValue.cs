using System.Management.Automation;

namespace Compose.Module.Common.Parameters;

/// <summary>Unwraps values, which PowerShell may pass inside a PSObject.</summary>
internal static class WrappedValue
{
    /// <summary>The base object of a PSObject, or the value itself.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
