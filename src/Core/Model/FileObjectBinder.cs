using Compose.Yaml;

namespace Compose.Model;

/// <summary>Secrets and configs, and their uses.</summary>
internal static class FileObjectBinder
{
    public static FileObjectDefinition Bind(string project, IReadOnlyDictionary<string, string> environment, YamlEntry entry, YamlMapping tree) => new()
    {
        Key = entry.Name,
        Name = TopLevelBinder.Name(project, entry.Name, tree),
        File = tree.Text("file"),
        Environment = tree.Text("environment"),
        Content = tree.Text("content") ?? (tree.Text("environment") is { } variable && environment.TryGetValue(variable, out var value) ? value : null),
        External = TopLevelBinder.IsExternal(tree),
        Driver = tree.Text("driver"),
        DriverOptions = tree.Pairs("driver_opts"),
        TemplateDriver = tree.Text("template_driver"),
        Labels = tree.Pairs("labels"),
        Origin = entry.Key.Origin(),
    };

    public static IReadOnlyList<FileObjectReference> BindUses(YamlMapping tree, string name) =>
        [.. tree.Maps(name).Select(use => new FileObjectReference
        {
            Source = use.Text("source") ?? "", Target = use.Text("target"), Uid = use.Text("uid"), Gid = use.Text("gid"), Mode = use.Int("mode"), Origin = use.Origin(),
        })];
}
