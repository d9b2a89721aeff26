using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files;

/// <summary>
/// Checks a tree against the schema and brings it into long form: short forms expanded, scalars cast, paths absolute.
/// What does not fit becomes a diagnostic and is left out, so that one pass finds everything.
/// </summary>
internal sealed class Canonicalizer(DiagnosticBag diagnostics, PathResolver paths, bool windows)
{
    private static readonly Regex ValidName = new("^[a-zA-Z0-9._-]+$", RegexOptions.CultureInvariant);
    private readonly ScalarCast _cast = new(diagnostics, paths);

    public YamlNode? Convert(YamlNode node, Shape shape, string path)
    {
        if (Tags.IsReset(node))
            return node;
        return shape switch
        {
            SectionShape section => Section(node, section.Section, path),
            ScalarShape scalar => _cast.Convert(node, scalar, path),
            ListShape list => List(node, list, path),
            MapShape map => Map(node, map, path),
            PairsShape pairs => Pairs(node, pairs, path),
            ShortForm form => Short(node, form, path),
            ExternalShape => External(node, path),
            _ => node,
        };
    }

    private YamlMapping? Section(YamlNode node, Section section, string path)
    {
        if (node is not YamlMapping mapping)
        {
            if (node is not YamlScalar { IsNull: true })
                WrongType(node, path, $"a mapping of {section.Name} attributes");
            return node is YamlScalar { IsNull: true } ? YamlMapping.At(node) : null;
        }

        var entries = new List<YamlEntry>();
        foreach (var entry in mapping.Entries)
        {
            if (entry.Name.StartsWith("x-", StringComparison.Ordinal))
                entries.Add(entry);
            else if (section[entry.Name] is not { } attribute)
                Unknown(entry.Key, section, path);
            else if (Attribute(entry, attribute, path) is { } value)
                entries.Add(new(entry.Key, value));
        }

        foreach (var required in section.Attributes.Where(attribute => attribute.Required && !mapping.Has(attribute.Name)))
            diagnostics.Error(FileErrors.MissingAttribute, $"'{Last(path)}' needs the attribute '{required.Name}'.", mapping, path);
        return mapping.With(entries);
    }

    private YamlNode? Attribute(YamlEntry entry, AttributeRule attribute, string path)
    {
        var inner = path.Length == 0 ? entry.Name : path + "." + entry.Name;
        if (entry.Value is YamlScalar { IsNull: true } && !Tags.IsReset(entry.Value) && attribute.Merge != MergeRule.Replace)
            return entry.Value;
        var value = Convert(entry.Value, attribute.Shape, inner);
        if (value is null)
            return null;
        Warn(entry.Key, attribute, inner);
        if (value is YamlSequence sequence)
            value = TreeMerger.Unique(sequence, attribute);
        return Tags.IsOverride(entry.Value) && !Tags.IsOverride(value) ? Tags.Keep(value, entry.Value.Tag!) : value;
    }

    private void Warn(YamlScalar key, AttributeRule attribute, string path)
    {
        switch (attribute.Support)
        {
            case Support.Ignored when attribute.Name == "version":
                diagnostics.Warning(FileErrors.ObsoleteVersion, "The attribute 'version' is obsolete and has no effect; remove it.", key, path);
                break;
            case Support.Ignored:
                diagnostics.Warning(FileErrors.WithoutEffect, $"The attribute '{attribute.Name}' has no effect.", key, path);
                break;
            case Support.NotYet:
                diagnostics.Warning(FileErrors.NotCarriedOut, $"The attribute '{attribute.Name}' is not carried out yet.", key, path);
                break;
            case Support.Swarm:
                diagnostics.Warning(FileErrors.SwarmOnly, $"The attribute '{attribute.Name}' has an effect on a Swarm only.", key, path);
                break;
        }
    }

    private YamlSequence? List(YamlNode node, ListShape list, string path)
    {
        if (node is YamlScalar single && list.AllowSingle)
            return Convert(single, list.Item, path) is { } item ? YamlSequence.At(node, item) : null;
        if (node is not YamlSequence sequence)
        {
            WrongType(node, path, list.Expected);
            return null;
        }

        var items = new List<YamlNode>();
        for (var index = 0; index < sequence.Items.Count; index++)
        {
            var converted = Convert(sequence.Items[index], list.Item, $"{path}[{index}]");
            // A short form may stand for several items: a range of ports.
            if (converted is YamlSequence several && list.Item is ShortForm)
                items.AddRange(several.Items);
            else if (converted is not null)
                items.Add(converted);
        }

        return sequence.With(items);
    }

    private YamlMapping? Map(YamlNode node, MapShape map, string path)
    {
        if (node is not YamlMapping mapping)
        {
            WrongType(node, path, map.Expected);
            return null;
        }

        var entries = new List<YamlEntry>();
        foreach (var entry in mapping.Entries)
        {
            var inner = path + "." + entry.Name;
            if (map.Value is SectionShape && !ValidName.IsMatch(entry.Name))
                diagnostics.Error(FileErrors.InvalidName, $"The name '{entry.Name}' may hold letters, digits, '.', '_' and '-' only.", entry.Key, inner);
            else if (map.AllowNull && entry.Value is YamlScalar { IsNull: true })
                entries.Add(entry);
            else if (Convert(entry.Value, map.Value, inner) is { } value)
                entries.Add(new(entry.Key, value));
        }

        return mapping.With(entries);
    }

    private YamlMapping? Pairs(YamlNode node, PairsShape pairs, string path)
    {
        var entries = new List<YamlEntry>();
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Value is YamlScalar value)
                        entries.Add(new(entry.Key, Tags.IsReset(value) || (value.IsNull && pairs.NullStays) ? value : value.With(YamlScalars.Format(value.Value), value.Text)));
                    else
                        WrongType(entry.Value, path + "." + entry.Name, "a string, a number or a boolean");
                }

                return mapping.With(entries);
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                    AddPair(entries, item, pairs, path);
                return new YamlMapping(entries) { File = node.File, Line = node.Line, Column = node.Column, EndColumn = node.EndColumn, Tag = node.Tag, Layer = node.Layer };
            default:
                WrongType(node, path, pairs.Expected);
                return null;
        }
    }

    private void AddPair(List<YamlEntry> entries, YamlNode item, PairsShape pairs, string path)
    {
        if (item is not YamlScalar scalar || scalar.IsNull)
        {
            WrongType(item, path, "key=value");
            return;
        }

        var text = YamlScalars.Format(scalar.Value);
        var at = text.IndexOfAny(pairs.Separators.ToCharArray());
        var key = scalar.With(at < 0 ? text : text.Substring(0, at), at < 0 ? text : text.Substring(0, at));
        var value = at < 0 ? scalar.With(pairs.NullStays ? null : "", "") : scalar.With(text.Substring(at + 1), text.Substring(at + 1));
        entries.RemoveAll(entry => entry.Name == key.Text);
        entries.Add(new(key, value));
    }

    private YamlNode? Short(YamlNode node, ShortForm form, string path)
    {
        var isLong = form.Long switch
        {
            ListShape => node is YamlSequence,
            ScalarShape => node is YamlScalar { Value: not string },
            _ => node is YamlMapping,
        };
        if (isLong)
            return Convert(node, form.Long, path);
        var expanded = form.Expand(node, new ShortFormContext((at, expected) => WrongType(at, path, expected), windows));
        return expanded switch
        {
            null or YamlScalar { IsNull: true } => expanded,
            YamlSequence several when form.Long is SectionShape section => several.With([.. several.Items.Select(item => Section(item, section.Section, path)).OfType<YamlNode>()]),
            _ => Convert(expanded, form.Long, path),
        };
    }

    private YamlNode? External(YamlNode node, string path) => node is YamlMapping mapping
        ? mapping["name"] is YamlScalar ? mapping : null
        : _cast.Convert(node, new ScalarShape(ScalarKind.Boolean), path);

    private void Unknown(YamlScalar key, Section section, string path) =>
        diagnostics.Error(FileErrors.UnknownAttribute, $"There is no attribute '{key.Text}' in a {section.Name}.", key,
            path.Length == 0 ? key.Text : path + "." + key.Text, NearestName.Advice(key.Text, section.Attributes.Select(attribute => attribute.Name)));

    private void WrongType(YamlNode node, string path, string expected) =>
        diagnostics.Error(FileErrors.WrongType, $"'{Last(path)}' must be {expected}.", node, path);

    private static string Last(string path) => path.Substring(path.LastIndexOf('.') + 1);
}
