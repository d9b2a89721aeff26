using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Compose.Module.Common.Parameters;

namespace Compose.Module.Common;

/// <summary>Converts a table of services and their numbers of replicas, whole numbers from 0.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReplicasAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (WrappedValue.Unwrap(inputData) is not IDictionary table)
            return inputData;
        var replicas = new Hashtable(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
            replicas[entry.Key.ToString()!] = Number(entry.Value)
                ?? throw new ArgumentTransformationMetadataException(
                    $"Service '{entry.Key}' cannot have '{entry.Value}' replicas; give a whole number from 0 on.");
        return replicas;
    }

    /// <summary>The numbers of replicas by service.</summary>
    internal static Dictionary<string, int> Read(Hashtable? replicas) =>
        (replicas ?? [])
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (int)entry.Value!, StringComparer.Ordinal);

    private static int? Number(object? value) =>
        int.TryParse(
            Convert.ToString(WrappedValue.Unwrap(value), CultureInfo.InvariantCulture), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
