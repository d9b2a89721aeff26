using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>What makes two items of a list the same when layers are merged.</summary>
internal static class ItemKeys
{
    public static string Target(YamlNode item) => Field(item, "target");

    public static string Path(YamlNode item) => Field(item, "path");

    public static string FileObject(YamlNode item) => Field(item, "target") is { Length: > 0 } target ? target : Field(item, "source");

    public static string Port(YamlNode item) =>
        $"{Field(item, "host_ip")}:{Field(item, "published")}:{Field(item, "target")}/{(Field(item, "protocol") is { Length: > 0 } protocol ? protocol : "tcp")}";

    public static string Subnet(YamlNode item) => Field(item, "subnet");

    private static string Field(YamlNode item, string name) =>
        item is YamlMapping mapping && mapping[name] is YamlScalar scalar ? YamlScalars.Format(scalar.Value) : "";
}
