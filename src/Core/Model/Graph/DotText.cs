using System.Text;

namespace Compose.Model.Graph;

/// <summary>Writes a graph in Graphviz's DOT language: services are boxes, networks ellipses, volumes cylinders.</summary>
internal static class DotText
{
    public static string Write(ProjectGraph graph)
    {
        var text = new StringBuilder("digraph ").Append(Quoted(graph.Name)).Append(" {\n  rankdir=LR;\n");
        foreach (var node in graph.Nodes)
        {
            var shape = node.Kind switch
            {
                GraphKind.Network => "ellipse",
                GraphKind.Volume => "cylinder",
                _ => "box",
            };
            text.Append("  ")
                .Append(Quoted(node.Id))
                .Append(" [shape=")
                .Append(shape)
                .Append(", label=")
                .Append(Quoted(node.Lines))
                .Append(node.External ? ", style=dashed" : "")
                .Append("];\n");
        }

        foreach (var edge in graph.Edges)
        {
            var style = edge.Kind switch
            {
                EdgeKind.Dependency => "",
                EdgeKind.OptionalDependency => "style=dashed",
                EdgeKind.Membership => "dir=none, style=dotted",
                _ => "dir=none",
            };
            var label = edge.Label.Length > 0 ? "label=" + Quoted(edge.Label) : "";
            var attributes = string.Join(", ", new[] { label, style }.Where(attribute => attribute.Length > 0));
            text.Append("  ")
                .Append(Quoted(edge.From))
                .Append(" -> ")
                .Append(Quoted(edge.To))
                .Append(attributes.Length > 0 ? $" [{attributes}]" : "")
                .Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Quoted(params IReadOnlyList<string> lines) =>
        "\"" + string.Join("\\n", lines.Select(line => line.Replace("\\", "\\\\").Replace("\"", "\\\""))) + "\"";
}
