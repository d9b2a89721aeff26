using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Merging;

/// <summary>Merges a later tree over an earlier one, both in long form, by the schema's merge rules.</summary>
internal sealed class TreeMerger(DiagnosticBag diagnostics)
{
    public YamlNode Merge(
        YamlNode earlier, YamlNode later, Shape shape, MergeRule rule = MergeRule.Natural, Func<YamlNode, string>? itemKey = null)
    {
        if (MergeTags.IsOverride(later) || rule == MergeRule.Replace)
            return later;
        if (later is YamlScalar { IsNull: true } || MergeTags.IsDefault(later))
            return earlier;
        return (earlier, later) switch
        {
            (YamlSequence, YamlSequence { Tag: MergeTags.Single }) => Conflict(earlier, later),
            (YamlMapping first, YamlMapping second) when rule == MergeRule.Logging && !SameDriver(first, second) => second,
            (YamlMapping first, YamlMapping second) => Merge(first, second, shape),
            (YamlSequence first, YamlSequence second) when rule == MergeRule.Inherit => Inherit(first, second, shape, itemKey!),
            (YamlSequence first, YamlSequence second) => Append(first, second, rule, itemKey),
            (YamlScalar, _) => later,
            _ => Conflict(earlier, later),
        };
    }

    private YamlMapping Merge(YamlMapping earlier, YamlMapping later, Shape shape)
    {
        var entries = earlier.Entries.Where(entry => !(later[entry.Name] is { } other && MergeTags.IsReset(other))).ToList();
        var places = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        for (var place = 0; place < entries.Count; place++)
            places[entries[place].Name] = place;
        foreach (var entry in later.Entries.Where(entry => !MergeTags.IsReset(entry.Value)))
        {
            if (!places.TryGetValue(entry.Name, out var at))
            {
                entries.Add(entry);
                continue;
            }

            var (inner, rule, key) = Inner(shape, entry.Name);
            // In environment, null means "pass through", so it replaces the earlier value.
            var merged = shape is PairsShape ? entry.Value : Merge(entries[at].Value, entry.Value, inner, rule, key);
            entries[at] = new(ReferenceEquals(merged, entries[at].Value) ? entries[at].Key : entry.Key, merged);
        }

        return later.With(entries);
    }

    private static (Shape Shape, MergeRule Rule, Func<YamlNode, string>? ItemKey) Inner(Shape shape, string name) => shape switch
    {
        ShortForm form => Inner(form.Long, name),
        MapShape map => (map.Value, map.Entries, null),
        SectionShape { Section: var section } when section[name] is { } attribute =>
            (Canonical(attribute.Shape), attribute.Merge, attribute.ItemKey),
        _ => (Shapes.Any, MergeRule.Natural, null),
    };

    private static Shape Canonical(Shape shape) => shape is ShortForm form ? form.Long : shape;

    /// <summary>
    /// Removes repeated items of one list, by the attribute's merge rule; the last of them is kept. Lists in which a repeat is an
    /// error (<see cref="AttributeRule.Distinct"/>) stay as they are, so that <c>MergedCheck</c> can report it.
    /// </summary>
    public static YamlSequence Unique(YamlSequence sequence, AttributeRule attribute) =>
        attribute is { Merge: MergeRule.AppendByKey or MergeRule.AppendUnique, Distinct: false } && sequence.Items.Count > 1
            ? Append(sequence.With([]), sequence, attribute.Merge, attribute.ItemKey)
            : sequence;

    private static YamlSequence Append(YamlSequence earlier, YamlSequence later, MergeRule rule, Func<YamlNode, string>? itemKey)
    {
        if (rule is not (MergeRule.AppendByKey or MergeRule.AppendUnique))
            return later.With([.. earlier.Items, .. later.Items]);
        var key = rule == MergeRule.AppendByKey ? itemKey! : Shapes.Format;
        var items = new List<YamlNode>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in earlier.Items.Concat(later.Items))
        {
            if (places.TryGetValue(key(item), out var at))
            {
                items[at] = item;
                continue;
            }

            places[key(item)] = items.Count;
            items.Add(item);
        }

        return later.With(items);
    }

    /// <summary>
    /// The later list, each item merged over the earlier item with the same key. Earlier items without a later one are dropped.
    /// </summary>
    private YamlSequence Inherit(YamlSequence earlier, YamlSequence later, Shape shape, Func<YamlNode, string> itemKey) =>
        later.With(
        [
            .. later.Items.Select(item =>
                earlier.Items.FirstOrDefault(other => itemKey(other) == itemKey(item)) is { } same
                    ? Merge(same, item, ((ListShape)shape).Item)
                    : item),
        ]);

    private static bool SameDriver(YamlMapping earlier, YamlMapping later) =>
        earlier["driver"] is null
            || later["driver"] is null
            || Shapes.Format(earlier["driver"]!) == Shapes.Format(later["driver"]!);

    private YamlNode Conflict(YamlNode earlier, YamlNode later)
    {
        diagnostics.Error(
            FileErrors.CannotOverride,
            $"This cannot override the value at {earlier.File}:{earlier.Line}: their types differ.", later);
        return later;
    }
}
