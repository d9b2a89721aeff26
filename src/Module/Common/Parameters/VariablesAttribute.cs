using System.Collections;
using System.Management.Automation;
using Compose.Module.Common.Host;
using Compose.Module.Common.Parameters;

namespace Compose.Module.Common;

/// <summary>Converts texts such as <c>NAME=value</c> and <c>NAME</c> to a hashtable; a hashtable is accepted as it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VariablesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = WrappedValue.Unwrap(inputData);
        if (value is IDictionary || !(value is string or IEnumerable))
            return inputData;
        var variables = new Hashtable(StringComparer.Ordinal);
        foreach (var item in value is string text ? new[] { text } : ((IEnumerable)value).Cast<object?>())
        {
            var pair = (item?.ToString() ?? "").Split(['='], 2);
            if (pair[0].Length == 0)
                throw new ArgumentTransformationMetadataException($"'{item}' has no name; write NAME=value.");
            variables[pair[0]] = pair.Length == 2 ? pair[1] : null;
        }

        return variables;
    }

    /// <summary>The pairs, sorted by name. The value of a name without one is null.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> Read(Hashtable? variables) =>
        (variables ?? []).Cast<DictionaryEntry>()
        .Select(entry => new KeyValuePair<string, string?>(entry.Key.ToString()!, entry.Value?.ToString()))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>
    /// The pairs in the engine's form, <c>NAME=value</c>. A name without a value gets the value of this process's variable, or
    /// is left out if that is not set.
    /// </summary>
    internal static IReadOnlyList<string> Environment(Hashtable? variables)
    {
        var own = HostEnvironment.Variables();
        return
        [
            .. Read(variables)
                .Select(pair => (pair.Key, Value: pair.Value ?? (own.TryGetValue(pair.Key, out var value) ? value : null)))
                .Where(pair => pair.Value is not null)
                .Select(pair => $"{pair.Key}={pair.Value}"),
        ];
    }
}
