using Compose.Yaml;

namespace Compose.Files.Schema;

/// <summary>
/// The keys by which items of a list are compared when files are merged. An item with uninterpolated variables is still a string,
/// which is then its key.
/// </summary>
internal static class ItemKeys
{
    public static string Target(YamlNode item) => Template(item) ?? Field(item, "target");

    public static string Path(YamlNode item) => Template(item) ?? Field(item, "path");

    public static string Secret(YamlNode item) => FileObject(item, "/run/secrets/");

    public static string Config(YamlNode item) => FileObject(item, "/");

    /// <summary>As in docker compose the whole link, up to an <c>=</c>: two aliases of a service are two items.</summary>
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
