using System.Collections;
using System.Management.Automation;
using Compose.Model;
using Compose.Module.Common.Parameters;
using Compose.Plan;

namespace Compose.Module.Common.Pipeline;

/// <summary>A plan that the user passes to -Plan: the object itself, or its copy from Import-CliXml.</summary>
internal sealed class ReviewedPlan
{
    private readonly IReadOnlyDictionary<string, string> _files;
    private readonly IReadOnlyDictionary<string, string> _definitions;

    private ReviewedPlan(string text, string engineHost, PSObject inputs)
    {
        (Text, EngineHost) = (text, engineHost);
        Parameters = Entries(inputs.Properties["Parameters"]?.Value);
        (_files, _definitions) = (Digests(inputs.Properties["Files"]?.Value), Digests(inputs.Properties["Definitions"]?.Value));
    }

    public string Text { get; }
    public string EngineHost { get; }

    /// <summary>The parameters that the plan was made with, by name.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; }

    /// <summary>Whether an object is a plan of up, down or scale, or its copy from Import-CliXml.</summary>
    public static bool IsPlan(PSObject? given) =>
        given?.TypeNames.Any(name => name.EndsWith(typeof(ComposePlan).FullName!, StringComparison.Ordinal)) == true;

    /// <summary>Reads a plan; null if the object is not a plan of up from Get-ComposePlan.</summary>
    public static ReviewedPlan? Read(PSObject? plan)
    {
        if (plan is null
            || plan.Properties["Text"]?.Value is not string text
            || plan.Properties["EngineHost"]?.Value is not string host
            || plan.Properties["Inputs"]?.Value is not { } inputs)
            return null;
        return new ReviewedPlan(text, host, PSObject.AsPSObject(inputs));
    }

    /// <summary>The files that have changed since the plan was made.</summary>
    public IReadOnlyList<string> ChangedFiles(ComposeProject project) => Changed(_files, PlanInputs.Digests(project));

    /// <summary>
    /// The services, networks and volumes that have changed since the plan was made, such as by a variable or an environment
    /// file.
    /// </summary>
    public IReadOnlyList<string> ChangedDefinitions(ComposeProject project) =>
        Changed(_definitions, PlanInputs.DefinitionDigests(project));

    private static IReadOnlyList<string> Changed(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        [
            .. before.Keys.Union(now.Keys)
            .Where(name => !(before.TryGetValue(name, out var was) && now.TryGetValue(name, out var digest) && was == digest)),
        ];

    private static Dictionary<string, string> Digests(object? map) =>
        Entries(map).ToDictionary(entry => entry.Key, entry => entry.Value.ToString()!, StringComparer.Ordinal);

    private static Dictionary<string, object> Entries(object? map)
    {
        var entries = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        if (WrappedValue.Unwrap(map) is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
                entries[entry.Key.ToString()!] = WrappedValue.Unwrap(entry.Value)!;
        }

        return entries;
    }
}
