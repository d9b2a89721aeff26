using System.Collections;
using System.Management.Automation;
using Compose.Module.Common.Host;
using Compose.Module.Common.Parameters;

namespace Compose.Module.Common;

/// <summary>Takes names and values as a hashtable, or as <c>NAME=value</c> and <c>NAME</c> texts.</summary>
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

    /// <summary>The pairs by name; a value that is not given is null.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> Read(Hashtable? variables) =>
        (variables ?? []).Cast<DictionaryEntry>()
        .Select(entry => new KeyValuePair<string, string?>(entry.Key.ToString()!, entry.Value?.ToString()))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>
    /// <c>NAME=value</c> as the engine takes them; a name without value gets this shell's, and is left out where that has none.
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
