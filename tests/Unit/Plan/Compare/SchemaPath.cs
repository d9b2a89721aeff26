using Compose.Files.Schema;

namespace Compose.Tests.Plan.Compare;

/// <summary>Whether the schema has a path such as <c>healthcheck.test</c> or <c>networks.front.aliases</c>.</summary>
internal static class SchemaPath
{
    public static bool IsKnown(Section section, string path) => IsKnown(new SectionShape(section), path.Split('.'));

    private static bool IsKnown(Shape shape, string[] path) => path.Length == 0 || shape switch
    {
        SectionShape mapping => mapping.Section[path[0]] is { } attribute && IsKnown(attribute.Shape, [.. path.Skip(1)]),
        MapShape map => IsKnown(map.Value, [.. path.Skip(1)]),
        ShortForm form => IsKnown(form.Long, path),
        PairsShape or AnyShape => true,
        _ => false,
    };
}
