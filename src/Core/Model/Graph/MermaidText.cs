using System.Text;

namespace Compose.Model.Graph;

/// <summary>Writes a graph as a Mermaid flowchart: services are boxes, networks stadiums, volumes cylinders.</summary>
internal static class MermaidText
{
    public static string Write(ProjectGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        var names = Names(graph);
        foreach (var node in graph.Nodes)
        {
            var (open, close) = node.Kind switch
            {
                GraphKind.Network => ("([", "])"),
                GraphKind.Volume => ("[(", ")]"),
                _ => ("[", "]"),
            };
            text.Append("  ")
                .Append(names[node.Id])
                .Append(open)
                .Append('"')
                .Append(string.Join("<br/>", node.Lines.Select(Escaped)))
                .Append('"')
                .Append(close)
                .Append('\n');
        }

        foreach (var edge in graph.Edges)
        {
            var line = edge.Kind switch
            {
                EdgeKind.Dependency => "-->",
                EdgeKind.OptionalDependency => "-.->",
                EdgeKind.Membership => "-.-",
                _ => "---",
            };
            text.Append("  ").Append(names[edge.From]).Append(' ').Append(line);
            if (edge.Label.Length > 0)
                text.Append("|\"").Append(Escaped(edge.Label)).Append("\"|");
            text.Append(' ').Append(names[edge.To]).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Node ids for Mermaid, with letters, digits and underscores; equal ones get a number.</summary>
    private static Dictionary<string, string> Names(ProjectGraph graph)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            var plain = new string(
                [
                    .. node.Id.Select(letter =>
                        letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' ? letter : '_'),
                ]);
            var name = plain;
            for (var number = 2; !taken.Add(name); number++)
                name = plain + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            names[node.Id] = name;
        }

        return names;
    }

    /// <summary>Replaces quotes and markup characters by Mermaid's entities.</summary>
    private static string Escaped(string text) =>
        text.Replace("#", "#35;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace(">", "#gt;").Replace("`", "#96;");
}
