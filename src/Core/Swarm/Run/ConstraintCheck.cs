using System.Globalization;
using System.Text.RegularExpressions;
using Compose.Engine.Dto;

namespace Compose.Swarm.Run;

/// <summary>Says which constraints of a service leave no node to run on.</summary>
internal static class ConstraintCheck
{
    private static readonly Regex Form = new(
        @"^\s*(?<key>[\w.-]+)\s*(?<sign>==|!=)\s*(?<value>.*?)\s*$", RegexOptions.CultureInvariant);

    /// <summary>The constraints that no node meets, as text; null if constraints are not the cause.</summary>
    public static string? Explain(IReadOnlyList<string> constraints, IReadOnlyList<SwarmNode> nodes)
    {
        var usable = nodes.Where(node => node is { State: "ready", Availability: "active" }).ToList();
        if (usable.Count == 0)
            return nodes.Count == 0 ? null : "no node is ready and active: " + string.Join(", ", nodes.Select(Described));
        var unmet = constraints.Where(constraint => !usable.Exists(node => Meets(constraint, node))).ToList();
        if (unmet.Count > 0)
            return $"no node meets the constraint{(unmet.Count == 1 ? "" : "s")} {string.Join(" and ", unmet)}; "
                + Count(usable.Count) + " ready";
        return constraints.Count > 1 && !usable.Exists(node => constraints.All(constraint => Meets(constraint, node)))
            ? $"no node meets all constraints together: {string.Join(" and ", constraints)}"
            : null;
    }

    /// <summary>Whether a node meets a constraint. One that cannot be read counts as met.</summary>
    private static bool Meets(string constraint, SwarmNode node)
    {
        var match = Form.Match(constraint);
        if (!match.Success)
            return true;
        var (key, value) = (match.Groups["key"].Value, match.Groups["value"].Value);
        var actual = Actual(key, node);
        return string.Equals(actual, value, StringComparison.OrdinalIgnoreCase) == (match.Groups["sign"].Value == "==");
    }

    private static string Actual(string key, SwarmNode node) => key.ToLowerInvariant() switch
    {
        "node.id" => node.Id,
        "node.hostname" => node.Hostname ?? "",
        "node.role" => node.Role ?? "",
        "node.ip" => node.Address ?? "",
        "node.platform.os" => node.Platform?.OS ?? "",
        "node.platform.arch" => node.Platform?.Architecture ?? "",
        _ when Label(key, "node.labels.", node.Labels) is { } label => label,
        _ when Label(key, "engine.labels.", node.EngineLabels) is { } label => label,
        _ => "",
    };

    private static string? Label(string key, string prefix, IReadOnlyDictionary<string, string>? labels) =>
        key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && labels is not null
            && labels.TryGetValue(key.Substring(prefix.Length), out var value)
            ? value
            : null;

    private static string Described(SwarmNode node) => $"{node.Hostname ?? node.Id} is {node.State}, {node.Availability}";

    private static string Count(int nodes) =>
        nodes == 1 ? "1 node is" : nodes.ToString(CultureInfo.InvariantCulture) + " nodes are";
}
