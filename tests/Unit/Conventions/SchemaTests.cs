using System.Text.Json;
using Compose.Files.Schema;
using Compose.Tests.Support;

namespace Compose.Tests.Conventions;

/// <summary>Our schema has every attribute of the specification, and no other.</summary>
public class SchemaTests
{
    [SharedFact]
    public void Every_attribute_of_the_specification_is_there()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(SharedData.Folder!, "reference", "compose-spec.schema.json")));
        var differences = new List<string>();
        Compare(document.RootElement, document.RootElement, ComposeSchema.Project, "", differences, []);

        Assert.Empty(differences);
    }

    private static void Compare(
        JsonElement root, JsonElement node, Section section, string path, List<string> differences, HashSet<Section> seen)
    {
        if (!seen.Add(section) || Objects(root, node).ToList() is not [var specified, ..])
            return;
        var theirs = specified.GetProperty("properties")
            .EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value);
        differences.AddRange(
            theirs.Keys.Except(section.Attributes.Select(attribute => attribute.Name)).Select(name => $"missing: {path}.{name}"));
        differences.AddRange(
            section.Attributes.Select(attribute => attribute.Name).Except(theirs.Keys).Select(name => $"unknown: {path}.{name}"));
        foreach (var attribute in section.Attributes.Where(attribute => theirs.ContainsKey(attribute.Name)))
        {
            foreach (var inner in Sections(attribute.Shape))
                Compare(root, theirs[attribute.Name], inner, $"{path}.{attribute.Name}", differences, seen);
        }
    }

    private static IEnumerable<Section> Sections(Shape shape) => shape switch
    {
        SectionShape section => [section.Section],
        ShortForm form => Sections(form.Long),
        ListShape list => Sections(list.Item),
        MapShape map => Sections(map.Value),
        _ => [],
    };

    /// <summary>
    /// The objects with named properties that a place in the schema allows, followed through references, alternatives, lists
    /// and maps.
    /// </summary>
    private static IEnumerable<JsonElement> Objects(JsonElement root, JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object)
            return [];
        if (node.TryGetProperty("$ref", out var reference))
            return Objects(
                root, reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (at, step) => at.GetProperty(step)));
        if (node.TryGetProperty("properties", out var properties) && properties.EnumerateObject().Any())
            return [node];
        return Inner(node).SelectMany(inner => Objects(root, inner));
    }

    private static IEnumerable<JsonElement> Inner(JsonElement node)
    {
        if (node.TryGetProperty("oneOf", out var alternatives))
            return alternatives.EnumerateArray();
        if (node.TryGetProperty("items", out var items))
            return [items];
        return node.TryGetProperty("patternProperties", out var patterns)
            ? patterns.EnumerateObject().Where(pattern => pattern.Name != "^x-").Select(pattern => pattern.Value)
            : [];
    }
}
