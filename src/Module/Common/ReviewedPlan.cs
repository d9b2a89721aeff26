using System.Collections;
using System.Management.Automation;
using Compose.Model;
using Compose.Plan;

namespace Compose.Module.Common;

/// <summary>A plan somebody looked at: the object itself, or what Export-Clixml and Import-Clixml made of it.</summary>
internal sealed class ReviewedPlan
{
    private readonly IReadOnlyDictionary<string, string> _files;

    private ReviewedPlan(string text, string engineHost, IReadOnlyDictionary<string, object> parameters, IReadOnlyDictionary<string, string> files) =>
        (Text, EngineHost, Parameters, _files) = (text, engineHost, parameters, files);

    public string Text { get; }
    public string EngineHost { get; }

    /// <summary>The parameters it was made with, by name.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; }

    /// <summary>Null when the object is no plan of Get-ComposePlan.</summary>
    public static ReviewedPlan? Read(PSObject plan)
    {
        if (plan.Properties["Text"]?.Value is not string text || plan.Properties["EngineHost"]?.Value is not string host || plan.Properties["Inputs"]?.Value is not { } inputs)
            return null;
        var read = PSObject.AsPSObject(inputs);
        return new ReviewedPlan(text, host, Entries(read.Properties["Parameters"]?.Value), Entries(read.Properties["Files"]?.Value).ToDictionary(entry => entry.Key, entry => entry.Value.ToString()!));
    }

    /// <summary>The files that are no longer what they were.</summary>
    public IReadOnlyList<string> ChangedFiles(ComposeProject project)
    {
        var now = PlanInputs.Digests(project);
        return [.. _files.Keys.Union(now.Keys).Where(file => !(_files.TryGetValue(file, out var before) && now.TryGetValue(file, out var after) && before == after))];
    }

    private static Dictionary<string, object> Entries(object? map)
    {
        var entries = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        if ((map is PSObject wrapped ? wrapped.BaseObject : map) is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
                entries[entry.Key.ToString()!] = entry.Value is PSObject value ? value.BaseObject : entry.Value!;
        }

        return entries;
    }
}
