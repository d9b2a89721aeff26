using Compose.Errors;
using Compose.Files.Checks;
using Compose.Files.Merging;
using Compose.Files.Schema;
using Compose.Yaml;

namespace Compose.Files.Canonical;

/// <summary>Converts a mapping of strings, or a list of <c>key=value</c>, to a mapping of strings.</summary>
/// <param name="diagnostics">Receives the problems.</param>
/// <param name="path">The path of the mapping in the tree.</param>
/// <param name="wrongType">Reports a node of the wrong type, with the expected one.</param>
internal sealed class PairsCast(DiagnosticBag diagnostics, TreePath path, Action<YamlNode, string> wrongType)
{
    public YamlMapping? Convert(YamlNode node, PairsShape pairs)
    {
        switch (node)
        {
            case YamlMapping mapping:
                if (mapping.Key("") is { } empty)
                    diagnostics.Error(FileErrors.InvalidName, $"A key in '{path.Last}' has no name.", empty, path.ToString());
                return mapping.Change(entry => Value(entry, pairs));
            case YamlSequence sequence:
                var entries = new List<YamlEntry>();
                var places = new Dictionary<string, int>(StringComparer.Ordinal);
                foreach (var item in sequence.Items)
                    Add(entries, places, item, pairs);
                return new YamlMapping(entries)
                {
                    File = node.File,
                    Line = node.Line,
                    Column = node.Column,
                    EndColumn = node.EndColumn,
                    Tag = node.Tag,
                    Layer = node.Layer,
                };
            default:
                wrongType(node, pairs.Expected);
                return null;
        }
    }

    /// <summary>The value of a mapping's entry as a string; null, with an error, if it is not a scalar.</summary>
    private YamlNode? Value(YamlEntry entry, PairsShape pairs)
    {
        if (entry.Value is YamlScalar value && !(value.IsNull && pairs.NeedsValue))
            return value.Value is string || MergeTags.IsReset(value) || (value.IsNull && pairs.NullStays)
                ? value
                : value.With(YamlScalars.Format(value.Value), value.Text);
        path.Enter(entry.Name);
        wrongType(entry.Value, "a string, a number or a boolean");
        path.Leave();
        return null;
    }

    /// <summary>Adds a <c>key=value</c> of a list. A repeated key keeps its first position and gets the last value.</summary>
    private void Add(List<YamlEntry> entries, Dictionary<string, int> places, YamlNode item, PairsShape pairs)
    {
        var equals = item is YamlScalar { Value: string text } ? text.IndexOf('=') : -1;
        if (item is not YamlScalar { Value: string } scalar || (equals < 0 && pairs.NeedsValue))
        {
            wrongType(item, "key=value");
            return;
        }

        text = scalar.Text;
        var name = equals < 0 ? text : text.Substring(0, equals);
        var key = scalar.With(name, name);
        var value = equals < 0
            ? scalar.With(pairs.NullStays ? null : "", "")
            : scalar.With(text.Substring(equals + 1), text.Substring(equals + 1));
        if (!places.TryGetValue(name, out var at))
        {
            places[name] = entries.Count;
            entries.Add(new(key, value));
            return;
        }

        entries[at] = new(key, value);
        if (pairs.Distinct)
            diagnostics.Error(FileErrors.DuplicateItem, $"'{name}' is twice in '{path.Last}'.", item, path.ToString());
    }
}
