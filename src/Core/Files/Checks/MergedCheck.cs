using Compose.Errors;
using Compose.Files.Canonical;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Checks;

/// <summary>
/// Checks the tree each time a document is merged: required attributes, nulls without an earlier value, items twice in a list,
/// two names of an external resource.
/// </summary>
internal sealed class MergedCheck(DiagnosticBag diagnostics)
{
    private readonly TreePath _path = new();

    public void Run(YamlMapping root)
    {
        Section(root, ComposeSchema.Project);
        foreach (var section in new[] { "networks", "volumes", "secrets", "configs" })
        {
            foreach (var entry in (root[section] as YamlMapping)?.Entries ?? [])
                ExternalName(entry);
        }
    }

    private void Section(YamlMapping mapping, Section section)
    {
        foreach (var required in section.Required)
        {
            if (!mapping.Has(required) && !diagnostics.HasErrorAt(_path.With(required)))
                diagnostics.Error(
                    FileErrors.MissingAttribute, $"'{_path.Last}' needs the attribute '{required}'.", mapping, _path.ToString());
        }

        foreach (var entry in mapping.Entries)
        {
            if (section[entry.Name] is not { } attribute)
                continue;
            _path.Enter(entry.Name);
            if (entry.Value is YamlScalar { IsNull: true } && !attribute.Nullable)
                diagnostics.ReportNull(entry, attribute.Shape, _path.ToString());
            else
                Walk(entry.Value, attribute.Shape);
            if (attribute.Distinct && entry.Value is YamlSequence list)
                Distinct(list);
            _path.Leave();
        }
    }

    private void Walk(YamlNode node, Shape shape)
    {
        switch (shape, node)
        {
            case (ShortForm form, _):
                Walk(node, form.Long);
                break;
            case (SectionShape section, YamlMapping mapping):
                Section(mapping, section.Section);
                break;
            case (MapShape map, YamlMapping mapping):
                foreach (var entry in mapping.Entries)
                {
                    _path.Enter(entry.Name);
                    if (entry.Value is YamlScalar { IsNull: true } && !map.AllowNull)
                        diagnostics.ReportNull(entry, map.Value, _path.ToString());
                    else
                        Walk(entry.Value, map.Value);
                    _path.Leave();
                }

                break;
            case (ListShape { Item: not ScalarShape } list, YamlSequence sequence):
                for (var index = 0; index < sequence.Items.Count; index++)
                {
                    _path.Enter(index);
                    Walk(sequence.Items[index], list.Item);
                    _path.Leave();
                }

                break;
        }
    }

    private void Distinct(YamlSequence list)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items.Where(item => item is YamlScalar && !seen.Add(Shapes.Format(item))))
            diagnostics.Error(
                FileErrors.DuplicateItem, $"'{Shapes.Format(item)}' is twice in '{_path.Last}'.", item, _path.ToString(),
                "Remove one of the two; layers are joined.");
    }

    private void ExternalName(YamlEntry entry)
    {
        if (entry.Value is YamlMapping mapping
            && mapping["external"] is YamlMapping external
            && external["name"] is YamlScalar inner
            && mapping["name"] is YamlScalar outer && inner.Text != outer.Text)
            diagnostics.Error(
                FileErrors.ExternalConflict, $"'{entry.Name}' has two names: use name, and external: true.", external);
    }
}
