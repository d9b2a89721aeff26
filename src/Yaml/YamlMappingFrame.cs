using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>A mapping while it is being read. Keys are checked at once; merge keys are resolved at its end.</summary>
internal sealed class YamlMappingFrame(NodeEvent start) : YamlFrame(start)
{
    /// <summary>Up to this number of keys, a linear search is faster than an index.</summary>
    private const int SmallCount = 12;
    private readonly List<YamlEntry> _entries = [];
    private Dictionary<string, YamlScalar>? _index;
    private List<YamlNode>? _merges;
    private YamlScalar? _key;
    private YamlScalar? _duplicate;
    private bool _skipValue;

    public override void Add(YamlNode node, List<YamlProblem> problems)
    {
        if (_key is null && !_skipValue)
            AddKey(node, problems);
        else
            AddValue(node, problems);
    }

    public override YamlNode Complete(string? file, int layer, List<YamlProblem> problems)
    {
        foreach (var merge in _merges ?? [])
            Merge(merge, problems);
        return new YamlMapping(_entries)
        {
            File =
                file, Line =
                    (int)Start.Start.Line, Column =
                        (int)Start.Start.Column, EndColumn = (int)Start.Start.Column + 1, Tag = Start.TagText(), Layer = layer,
        };
    }

    private void AddKey(YamlNode node, List<YamlProblem> problems)
    {
        if (node is not YamlScalar key)
        {
            problems.Add(new YamlProblem("A key must be a string.", node.Line, node.Column, node.EndColumn));
            _skipValue = true;
        }
        else if (key.Text == "<<")
        {
            _key = key;
        }
        else if (key.Value is not string)
        {
            problems.Add(new YamlProblem($"The key {key.Text} is not a string; quote it.", key.Line, key.Column, key.EndColumn));
            _skipValue = true;
        }
        else if (Seen(key.Text) is not null)
        {
            _duplicate = key;
            _skipValue = true;
        }
        else
        {
            _key = key;
        }
    }

    private void AddValue(YamlNode node, List<YamlProblem> problems)
    {
        if (_key is { Text: "<<" })
            (_merges ??= []).Add(node);
        else if (_key is { } key)
            Keep(new(key, node));
        // A repeated key with !reset is allowed, and ignored.
        if (_duplicate is { } again && node.Tag != "!reset")
            problems.Add(
                new YamlProblem(
                    $"The key '{again.Text}' is defined twice: first in line {Seen(again.Text)!.Line}.", again.Line, again.Column,
                    again.EndColumn));
        (_key, _duplicate, _skipValue) = (null, null, false);
    }

    private void Keep(YamlEntry entry)
    {
        _entries.Add(entry);
        if (_index is null && _entries.Count > SmallCount)
            _index = _entries.ToDictionary(known => known.Name, known => known.Key, StringComparer.Ordinal);
        else if (_index is not null)
            _index[entry.Name] = entry.Key;
    }

    private YamlScalar? Seen(string name)
    {
        if (_index is not null)
            return _index.TryGetValue(name, out var key) ? key : null;
        foreach (var entry in _entries)
        {
            if (entry.Name == name)
                return entry.Key;
        }

        return null;
    }

    private void Merge(YamlNode source, List<YamlProblem> problems)
    {
        switch (source)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries.Where(entry => Seen(entry.Name) is null))
                    Keep(entry);

                break;
            case YamlSequence sequence when sequence.Items.All(item => item is YamlMapping):
                foreach (var item in sequence.Items)
                    Merge(item, problems);
                break;
            default:
                problems.Add(
                    new YamlProblem(
                        "A merge key (<<) takes a mapping or a list of mappings.", source.Line, source.Column, source.EndColumn));
                break;
        }
    }
}
