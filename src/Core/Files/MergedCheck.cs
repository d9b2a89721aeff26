using Compose.Errors;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>What can be judged only once all layers are merged: nulls that left nothing in place, a name said twice.</summary>
internal sealed class MergedCheck(DiagnosticBag diagnostics)
{
    public void Run(YamlMapping root)
    {
        Section(root, ComposeSchema.Project, "");
        foreach (var section in new[] { "networks", "volumes", "secrets", "configs" })
        {
            foreach (var entry in (root[section] as YamlMapping)?.Entries ?? [])
                ExternalName(entry);
        }
    }

    private void Section(YamlMapping mapping, Section section, string path)
    {
        foreach (var entry in mapping.Entries)
        {
            if (section[entry.Name] is not { } attribute)
                continue;
            var inner = path.Length == 0 ? entry.Name : path + "." + entry.Name;
            if (entry.Value is YamlScalar { IsNull: true } && !attribute.Nullable)
                diagnostics.Error(FileErrors.WrongType, $"'{entry.Name}' must be {attribute.Shape.Expected}; it says nothing.", entry.Key, inner, "Give it a value, or remove it.");
            else
                Walk(entry.Value, attribute.Shape, inner);
        }
    }

    private void Walk(YamlNode node, Shape shape, string path)
    {
        switch (shape, node)
        {
            case (ShortForm form, _):
                Walk(node, form.Long, path);
                break;
            case (SectionShape section, YamlMapping mapping):
                Section(mapping, section.Section, path);
                break;
            case (MapShape map, YamlMapping mapping):
                foreach (var entry in mapping.Entries)
                    Walk(entry.Value, map.Value, path + "." + entry.Name);
                break;
            case (ListShape list, YamlSequence sequence):
                foreach (var item in sequence.Items)
                    Walk(item, list.Item, path);
                break;
        }
    }

    private void ExternalName(YamlEntry entry)
    {
        if (entry.Value is YamlMapping mapping && mapping["external"] is YamlMapping external && external["name"] is YamlScalar inner
            && mapping["name"] is YamlScalar outer && inner.Text != outer.Text)
            diagnostics.Error(FileErrors.ExternalConflict, $"'{entry.Name}' has two names: use name, and external: true.", external);
    }
}
