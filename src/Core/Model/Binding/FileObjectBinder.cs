using Compose.Files;
using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Binds top-level secrets and configs, and references to them.</summary>
internal static class FileObjectBinder
{
    public static FileObjectDefinition Bind(ComposeTree files, YamlEntry entry, YamlMapping tree) => new()
    {
        Key = entry.Name,
        Name = TopLevelBinder.Name(files.ProjectName, entry.Name, tree),
        File = tree.Text("file"),
        Environment = tree.Text("environment"),
        Content = tree.Text("content") ?? VariableValue(files, tree),
        External = TopLevelBinder.IsExternal(tree),
        Driver = tree.Text("driver"),
        DriverOptions = tree.Pairs("driver_opts"),
        TemplateDriver = tree.Text("template_driver"),
        Labels = tree.Pairs("labels"),
        Origin = entry.Key.Origin(),
    };

    /// <summary>The value of the <c>environment</c> variable: the project's, else the one of an include's env_file.</summary>
    private static string? VariableValue(ComposeTree files, YamlMapping tree)
    {
        if (tree.Text("environment") is not { } variable)
            return null;
        return files.Environment.TryGetValue(variable, out var value) ? value : files.Uses.IncludedValueAt(tree["environment"]);
    }

    public static IReadOnlyList<FileObjectReference> BindUses(YamlMapping tree, string name) =>
        [.. tree.Maps(name).Select(use => new FileObjectReference
        {
            Source = use.Text("source")
                ?? "", Target = use.Text(
                    "target"), Uid = use.Text("uid"), Gid = use.Text("gid"), Mode = use.Int("mode"), Origin = use.Origin(),
        })];
}
