using static Compose.Files.Schema.Shapes;

namespace Compose.Files.Schema;

/// <summary>The top level of the schema. Each section of the specification has a file of its own beside this one.</summary>
internal static class ComposeSchema
{
    public static readonly Section Project = new("project",
        new("version", StringValue, Support.Ignored),
        new("name", StringValue, Support.Client),
        new(
            "include", new ListShape(new ShortForm(Shapes.Section(IncludeSection.Include), "a path", ShortForms.FilePath)),
            Support.Client) { Nullable = true },
        new("services", new MapShape(Shapes.Section(ServiceSection.Service)), Support.Client) { NeverNull = true },
        new("networks", new MapShape(Shapes.Section(ResourceSections.Network), AllowNull: true)),
        new("volumes", new MapShape(Shapes.Section(ResourceSections.Volume), AllowNull: true)),
        new("secrets", new MapShape(Shapes.Section(ResourceSections.Secret)), Support.Client),
        new("configs", new MapShape(Shapes.Section(ResourceSections.Config)), Support.Client),
        new("models", new MapShape(Shapes.Section(ResourceSections.Model)), Support.NotYet));
}

/// <summary>The attributes of an entry of <c>include</c>.</summary>
internal static class IncludeSection
{
    private static readonly Shape Paths = new ListShape(StringValue, AllowSingle: true);

    public static readonly Section Include = new("include",
        new("path", Paths, Support.Client) { Required = true },
        new("project_directory", StringValue, Support.Client),
        new("env_file", Paths, Support.Client));
}
