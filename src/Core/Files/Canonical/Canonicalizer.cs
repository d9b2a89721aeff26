using System.Text.RegularExpressions;
using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Merging;
using Compose.Files.Reading;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Canonical;

/// <summary>
/// Checks a tree against the schema and converts it to long form: expands short forms, casts scalars, makes paths absolute.
/// Invalid values are reported and left out, so that one pass finds all of them.
/// </summary>
internal sealed class Canonicalizer
{
    private static readonly Regex ValidName = new("^[a-zA-Z0-9._-]+$", RegexOptions.CultureInvariant);

    /// <summary>The most ports that the ranges of a file may expand to, so that a small file cannot use all memory.</summary>
    private const int MaxRangeItems = 100_000;
    private readonly DiagnosticBag _diagnostics;
    private readonly ScalarCast _cast;
    private readonly PairsCast _pairs;
    private readonly ShortFormContext _shortForms;
    private readonly TreePath _path = new();
    private readonly bool _keepsTemplates;

    /// <summary>The ports that ranges have expanded to so far.</summary>
    private int _rangeItems;

    /// <param name="diagnostics">Receives the problems.</param>
    /// <param name="paths">Makes paths absolute.</param>
    /// <param name="keepsTemplates">Whether to leave values with variables as they are, for a load without interpolation.</param>
    public Canonicalizer(DiagnosticBag diagnostics, PathResolver paths, bool keepsTemplates = false)
    {
        _keepsTemplates = keepsTemplates;
        _diagnostics = diagnostics;
        _cast = new ScalarCast(diagnostics, paths, _path);
        _pairs = new PairsCast(diagnostics, _path, WrongType);
        _shortForms = new ShortFormContext(WrongType, ShellWord);
    }

    public YamlNode? Convert(YamlNode node, Shape shape)
    {
        if (MergeTags.IsReset(node)
            || MergeTags.IsBroken(node)
            || (node is YamlScalar { Value: string text } && IsTemplate(text)))
            return node;
        return shape switch
        {
            SectionShape section => Section(node, section.Section),
            ScalarShape scalar => _cast.Convert(node, scalar),
            ListShape list => List(node, list),
            MapShape map => Map(node, map),
            PairsShape pairs => _pairs.Convert(node, pairs),
            ShortForm form => Short(node, form),
            ExternalShape => External(node),
            _ => node,
        };
    }

    private bool IsTemplate(string text) => _keepsTemplates && text.IndexOf('$') >= 0;

    private YamlMapping? Section(YamlNode node, Section section)
    {
        if (node is not YamlMapping mapping)
        {
            if (node is YamlScalar { IsNull: true })
                return YamlMapping.At(node);
            WrongType(node, $"a mapping of {section.Name} attributes");
            return null;
        }

        return mapping.Change(entry =>
        {
            if (entry.Name.StartsWith("x-", StringComparison.Ordinal))
                return entry.Value;
            if (section[entry.Name] is { } attribute)
                return Attribute(entry, attribute);
            Unknown(entry.Key, section);
            return null;
        });
    }

    private YamlNode? Attribute(YamlEntry entry, AttributeRule attribute)
    {
        if (entry.Value is YamlScalar { IsNull: true } && !MergeTags.IsReset(entry.Value) && attribute.Merge != MergeRule.Replace)
        {
            if (attribute.NeverNull)
                _diagnostics.ReportNull(entry, attribute.Shape, _path.With(entry.Name));
            return entry.Value;
        }

        _path.Enter(entry.Name);
        var value = Convert(entry.Value, attribute.Shape);
        if (value is not null)
            Warn(entry.Key, attribute);
        _path.Leave();
        if (value is YamlSequence sequence)
            value = TreeMerger.Unique(sequence, attribute);
        return value is not null && MergeTags.IsOverride(entry.Value) && !MergeTags.IsOverride(value)
            ? MergeTags.Keep(value, entry.Value.Tag!)
            : value;
    }

    private void Warn(YamlScalar key, AttributeRule attribute)
    {
        switch (attribute.Support)
        {
            case Support.Ignored when attribute.Name == "version":
                Warn(FileErrors.ObsoleteVersion, "The attribute 'version' is obsolete and has no effect; remove it.");
                break;
            case Support.Ignored:
                Warn(FileErrors.WithoutEffect, $"The attribute '{attribute.Name}' has no effect.");
                break;
            case Support.NotYet:
                Warn(FileErrors.NotCarriedOut, $"The attribute '{attribute.Name}' is not carried out yet.");
                break;
            case Support.Swarm:
                Warn(FileErrors.SwarmOnly, $"The attribute '{attribute.Name}' has an effect on a Swarm only.");
                break;
        }

        void Warn(string id, string message) => _diagnostics.Warning(id, message, key, _path.ToString());
    }

    private YamlSequence? List(YamlNode node, ListShape list)
    {
        if (node is YamlScalar single && list.AllowSingle)
            return Convert(single, list.Item) is { } item ? YamlSequence.At(node, item) : null;
        if (node is not YamlSequence sequence)
        {
            WrongType(node, list.Expected);
            return null;
        }

        List<YamlNode>? items = null;
        for (var index = 0; index < sequence.Items.Count && _rangeItems <= MaxRangeItems; index++)
        {
            _path.Enter(index);
            var converted = Convert(sequence.Items[index], list.Item);
            _path.Leave();
            if (items is null && ReferenceEquals(converted, sequence.Items[index]))
                continue;
            items ??= [.. sequence.Items.Take(index)];
            // A range of ports expands to several items.
            if (converted is YamlSequence several && list.Item is ShortForm)
            {
                items.AddRange(several.Items);
                _rangeItems += several.Items.Count;
            }
            else if (converted is not null)
            {
                items.Add(converted);
            }

            if (_rangeItems > MaxRangeItems)
            {
                _diagnostics.Error(
                    FileErrors.TooManyItems, $"The ranges of the file stand for more than {MaxRangeItems} ports.",
                    sequence.Items[index], _path.ToString());
                return sequence.With([]);
            }
        }

        return items is null ? sequence : sequence.With(items);
    }

    private YamlMapping? Map(YamlNode node, MapShape map)
    {
        if (node is not YamlMapping mapping)
        {
            WrongType(node, map.Expected);
            return null;
        }

        return mapping.Change(entry =>
        {
            if (entry.Value is YamlScalar { IsNull: true })
                return entry.Value;
            _path.Enter(entry.Name);
            YamlNode? value = null;
            if (map.Value is SectionShape && !IsTemplate(entry.Name) && !ValidName.IsMatch(entry.Name))
                _diagnostics.Error(
                    FileErrors.InvalidName, $"The name '{entry.Name}' may hold letters, digits, '.', '_' and '-' only.",
                    entry.Key, _path.ToString());
            else
                value = Convert(entry.Value, map.Value);
            _path.Leave();
            return value;
        });
    }

    private YamlNode? Short(YamlNode node, ShortForm form)
    {
        var isLong = form.Long switch
        {
            ListShape => node is YamlSequence,
            ScalarShape => node is YamlScalar { Value: not string },
            _ => node is YamlMapping,
        };
        if (isLong)
            return Convert(node, form.Long);
        var expanded = form.Expand(node, _shortForms);
        return expanded switch
        {
            null or YamlScalar { IsNull: true } => expanded,
            YamlSequence several when form.Long is SectionShape section =>
                several.With([.. several.Items.Select(item => Section(item, section.Section)).OfType<YamlNode>()]),
            _ => Convert(expanded, form.Long),
        };
    }

    private YamlNode? External(YamlNode node) => node is YamlMapping mapping
        ? Section(mapping, Schema.Section.External)
        : _cast.Convert(node, (ScalarShape)Shapes.BooleanValue);

    private void Unknown(YamlScalar key, Section section) =>
        _diagnostics.Error(FileErrors.UnknownAttribute, $"There is no attribute '{key.Text}' in a {section.Name}.", key,
            _path.With(key.Text), NearestName.Advice(key.Text, section.Attributes.Select(attribute => attribute.Name)));

    private void ShellWord(YamlNode node, string word) =>
        _diagnostics.Warning(
            FileErrors.ShellWord,
            $"'{word}' is passed on unchanged: no shell runs this.",
            node,
            _path.ToString(),
            "Write [sh, -c, 'the whole line'], or quote the word if the program is to get it.");

    private void WrongType(YamlNode node, string expected) =>
        _diagnostics.Error(FileErrors.WrongType, $"'{_path.Last}' must be {expected}.", node, _path.ToString());
}
