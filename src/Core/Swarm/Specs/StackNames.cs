using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Model;
using Compose.State;

namespace Compose.Swarm.Specs;

/// <summary>The names and labels of a stack's objects, as docker stack has them.</summary>
internal sealed class StackNames(ComposeProject project, string stack)
{
    /// <summary>The longest name that a swarm takes for a service, network or stack.</summary>
    private const int Longest = 63;

    private static readonly Regex Valid = new("^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant);

    public string Stack => stack;

    public string Of(string key) => stack + "_" + key;

    /// <summary>The name in the file, or stack and key: the project's name is not the stack's if -Stack names another.</summary>
    public string Of(string key, string name) => name == $"{project.Name}_{key}" ? Of(key) : name;

    /// <summary>The user's labels and the stack's.</summary>
    public SortedDictionary<string, string> Labels(IReadOnlyDictionary<string, string>? own)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in own ?? new Dictionary<string, string>())
            labels[pair.Key] = pair.Value;
        labels[StackLabels.Namespace] = stack;
        return labels;
    }

    public void Check(SpecFindings findings)
    {
        if (!Valid.IsMatch(stack) || stack.Length > Longest)
            findings.Refuse(SwarmErrors.StackName, default, $"'{stack}' is not a name for a stack.", stack);
        foreach (var service in project.Services.Values.Where(service => Of(service.Name).Length > Longest))
            findings.Refuse(
                SwarmErrors.NameTooLong, service.Origin,
                $"the name '{Of(service.Name)}' has {Of(service.Name).Length} characters.", service.Name);
    }
}
