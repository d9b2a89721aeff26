using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>
/// What makes two items of a list the same when layers are merged. One that keeps its variables is still text, and is the same as
/// that text alone.
/// </summary>
internal static class ItemKeys
{
    public static string Target(YamlNode item) => Template(item) ?? Field(item, "target");

    public static string Path(YamlNode item) => Template(item) ?? Field(item, "path");

    public static string Secret(YamlNode item) => FileObject(item, "/run/secrets/");

    public static string Config(YamlNode item) => FileObject(item, "/");

    /// <summary>A link's service; an alias is what differs.</summary>
    public static string Link(YamlNode item) => item is YamlScalar scalar ? scalar.Text.Split('=')[0] : "";

    public static string Port(YamlNode item)
    {
        var protocol = Field(item, "protocol") is { Length: > 0 } named ? named : "tcp";
        return Template(item) ?? $"{Field(item, "host_ip")}:{Field(item, "published")}:{Field(item, "target")}/{protocol}";
    }

    public static string Subnet(YamlNode item) => Template(item) ?? Field(item, "subnet");

    private static string FileObject(YamlNode item, string directory) => Template(item)
        ?? (Field(item, "target") is { Length: > 0 } target ? target : directory + Field(item, "source"));

    private static string? Template(YamlNode item) => (item as YamlScalar)?.Text;

    private static string Field(YamlNode item, string name) =>
        item is YamlMapping mapping && mapping[name] is YamlScalar scalar ? YamlScalars.Format(scalar.Value) : "";
}
