using System.Globalization;
using Compose.Files;
using Compose.Yaml;

namespace Compose.Model;

/// <summary>Lists where every value of a merged tree came from.</summary>
internal static class ProvenanceReader
{
    public static IReadOnlyList<ComposeProvenance> Read(ComposeProject project)
    {
        var found = new List<ComposeProvenance>();
        if (project.Tree is { } tree)
            Walk(tree, "");
        return found;

        void Walk(YamlNode node, string path)
        {
            switch (node)
            {
                case YamlMapping { Entries.Count: > 0 } mapping:
                    foreach (var entry in mapping.Entries)
                        Walk(entry.Value, path.Length == 0 ? entry.Name : path + "." + entry.Name);
                    break;
                case YamlSequence { Items.Count: > 0 } sequence:
                    for (var index = 0; index < sequence.Items.Count; index++)
                        Walk(sequence.Items[index], string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, index));
                    break;
                default:
                    found.Add(Entry(project.Name, path, node));
                    break;
            }
        }
    }

    private static ComposeProvenance Entry(string project, string path, YamlNode node)
    {
        var isDefault = Tags.IsDefault(node);
        return new ComposeProvenance
        {
            ProjectName = project,
            Path = path,
            Value = node switch { YamlScalar scalar => YamlScalars.Format(scalar.Value), YamlSequence => "[]", _ => "{}" },
            File = isDefault ? null : node.File,
            Line = isDefault ? 0 : node.Line,
            Column = isDefault ? 0 : node.Column,
            Layer = (isDefault ? OriginLayer.Default : (OriginLayer)node.Layer).ToString(),
        };
    }
}
