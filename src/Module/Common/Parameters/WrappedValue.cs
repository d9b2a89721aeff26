using System.Management.Automation;

namespace Compose.Module.Common.Parameters;

/// <summary>PowerShell hands values over bare or wrapped, as they came about.</summary>
internal static class WrappedValue
{
    /// <summary>The value without its wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
