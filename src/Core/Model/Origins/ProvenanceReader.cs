using System.Globalization;
using System.Text.Json;
using Compose.Files;
using Compose.Files.Merging;
using Compose.Model.Binding;
using Compose.Model.Config;
using Compose.Yaml;

namespace Compose.Model.Origins;

/// <summary>Lists every value of a resolved project with its origin.</summary>
internal sealed class ProvenanceReader
{
    private readonly ComposeProject _project;
    private readonly List<ComposeProvenance> _found = [];

    private ProvenanceReader(ComposeProject project) => _project = project;

    public static IReadOnlyList<ComposeProvenance> Read(ComposeProject project)
    {
        var reader = new ProvenanceReader(project);
        using var resolved = JsonDocument.Parse(
            ConfigWriter.Compacted(project), new JsonDocumentOptions { MaxDepth = ConfigWriter.MaxDepth });
        reader.Walk(resolved.RootElement, project.Tree, "");
        return reader._found;
    }

    /// <summary>Walks the resolved project and, as far as it has the same paths, the merged tree of the files.</summary>
    private void Walk(JsonElement value, YamlNode? node, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                foreach (var member in value.EnumerateObject())
                    Walk(
                        member.Value, (node as YamlMapping)?[member.Name],
                        path.Length == 0 ? member.Name : path + "." + member.Name);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                // If binding changed the list's length, items cannot be matched, and get the position of the list.
                var items = node is YamlSequence sequence && sequence.Items.Count == value.GetArrayLength()
                    ? sequence.Items
                    : null;
                for (var index = 0; index < value.GetArrayLength(); index++)
                    Walk(
                        value[index], items is null ? node : items[index],
                        string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, index));
                break;
            default:
                _found.Add(Entry(value, node, path));
                break;
        }
    }

    private ComposeProvenance Entry(JsonElement value, YamlNode? node, string path)
    {
        var origin = Origin(node, path);
        return new ComposeProvenance
        {
            ProjectName = _project.Name,
            Path = path,
            Value = value.ValueKind switch {
                JsonValueKind.String => value.GetString()!, JsonValueKind.Null => "", _ => value.GetRawText()},
            File = origin.File,
            Line = origin.Line,
            Column = origin.Column,
            Layer = origin.Layer.ToString(),
            Variables = node is null
                ? []
                : [.. _project.Uses.At(node).Select(use => $"{use.Reference.Name} ({Place(use.Origin)})").Distinct()],
        };
    }

    /// <summary>The origin of a value. For a variable that the file only names it is where the variable was set.</summary>
    private Origin Origin(YamlNode? node, string path)
    {
        var isNamedOnly = node is null or YamlScalar { IsNull: true };
        if (isNamedOnly && _project.ValueOrigins.TryGetValue(path, out var elsewhere))
            return elsewhere;
        return node is null || MergeTags.IsDefault(node) ? new Origin(null, 0, 0, 0, OriginLayer.Default) : node.Origin();
    }

    private static string Place(Origin origin) => origin.File is null ? origin.Layer.ToString() : $"{origin.File}:{origin.Line}";
}
