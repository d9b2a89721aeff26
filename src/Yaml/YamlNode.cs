namespace Compose.Yaml;

/// <summary>An immutable YAML node with its position. Lines and columns are 1-based; 0 for a node that is in no file.</summary>
internal abstract class YamlNode
{
    /// <summary>The file's path, or null for a node that is in no file.</summary>
    public string? File { get; init; }
    public int Line { get; init; }
    public int Column { get; init; }

    /// <summary>The column after the last character, if the node ends on its first line.</summary>
    public int EndColumn { get; init; }

    /// <summary>The tag in the document, such as <c>!reset</c>, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>The layer of the project that the node came from, as a number of the caller's.</summary>
    public int Layer { get; init; }
}

/// <summary>A scalar, with its text and its value by YAML's core schema.</summary>
internal sealed class YamlScalar : YamlNode
{
    /// <summary>null, bool, long, ulong (only beyond long's range), double, DateTimeOffset or string.</summary>
    public required object? Value { get; init; }

    /// <summary>The text as written, unquoted.</summary>
    public required string Text { get; init; }

    public bool IsNull => Value is null;

    public YamlScalar With(object? value, string text) =>
        new()
        {
            Value = value,
            Text = text,
            File = File,
            Line = Line,
            Column = Column,
            EndColumn = EndColumn,
            Tag = Tag,
            Layer = Layer,
        };

    /// <summary>A new scalar with the position of another node.</summary>
    public static YamlScalar At(YamlNode place, object? value) => new()
    {
        Value =
            value, Text =
                YamlScalars.Format(value), File =
                    place.File, Line = place.Line, Column = place.Column, EndColumn = place.EndColumn, Layer = place.Layer,
    };

    public override string ToString() => Text;
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(IReadOnlyList<YamlNode> items) : YamlNode
{
    public IReadOnlyList<YamlNode> Items => items;

    public YamlSequence With(IReadOnlyList<YamlNode> changed) =>
        new(changed) { File = File, Line = Line, Column = Column, EndColumn = EndColumn, Tag = Tag, Layer = Layer };

    /// <summary>A copy with each item changed; the same object if nothing changed.</summary>
    public YamlSequence Change(Func<YamlNode, YamlNode> change)
    {
        List<YamlNode>? changed = null;
        for (var position = 0; position < items.Count; position++)
        {
            var item = change(items[position]);
            if (changed is null && ReferenceEquals(item, items[position]))
                continue;
            changed ??= [.. items.Take(position)];
            changed.Add(item);
        }

        return changed is null ? this : With(changed);
    }

    public static YamlSequence At(YamlNode place, params IReadOnlyList<YamlNode> items) =>
        new(items)
        {
            File = place.File,
            Line = place.Line,
            Column = place.Column,
            EndColumn = place.EndColumn,
            Layer = place.Layer,
        };
}

/// <summary>A key of a mapping and its value.</summary>
internal readonly record struct YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Text;
}

/// <summary>A mapping in the order of the document, with unique keys.</summary>
internal sealed class YamlMapping(IReadOnlyList<YamlEntry> entries) : YamlNode
{
    /// <summary>Up to this number of entries, a linear search is faster than an index.</summary>
    private const int SmallCount = 12;

    /// <summary>Made complete by the first search, then set. Threads share nodes; two of them may make the same index.</summary>
    private Dictionary<string, int>? _index;

    public IReadOnlyList<YamlEntry> Entries => entries;

    public YamlNode? this[string name] => Find(name) is var position and >= 0 ? entries[position].Value : null;

    public YamlScalar? Key(string name) => Find(name) is var position and >= 0 ? entries[position].Key : null;

    public bool Has(string name) => Find(name) >= 0;

    public YamlMapping With(IReadOnlyList<YamlEntry> changed) =>
        new(changed) { File = File, Line = Line, Column = Column, EndColumn = EndColumn, Tag = Tag, Layer = Layer };

    /// <summary>A copy with a key set; a new key is added at the end.</summary>
    public YamlMapping Set(string name, YamlNode value)
    {
        var changed = new List<YamlEntry>(entries.Count + 1);
        changed.AddRange(entries);
        if (Find(name) is var position and >= 0)
            changed[position] = new(entries[position].Key, value);
        else
            changed.Add(new(YamlScalar.At(value, name), value));
        return With(changed);
    }

    public YamlMapping Without(string name) =>
        Has(name) ? With([.. Entries.Where(entry => entry.Name != name)]) : this;

    /// <summary>
    /// A copy with each value changed, without those changed to null; the same object if nothing changed.
    /// </summary>
    public YamlMapping Change(Func<YamlEntry, YamlNode?> change)
    {
        List<YamlEntry>? changed = null;
        for (var position = 0; position < entries.Count; position++)
        {
            var entry = entries[position];
            var value = change(entry);
            if (changed is null && ReferenceEquals(value, entry.Value))
                continue;
            changed ??= [.. entries.Take(position)];
            if (value is not null)
                changed.Add(new(entry.Key, value));
        }

        return changed is null ? this : With(changed);
    }

    public static YamlMapping At(YamlNode place, params IReadOnlyList<(string Name, YamlNode Value)> pairs) =>
        new([.. pairs.Select(entry => new YamlEntry(YamlScalar.At(place, entry.Name), entry.Value))])
        {
            File = place.File, Line = place.Line, Column = place.Column, EndColumn = place.EndColumn, Layer = place.Layer,
        };

    private int Find(string name)
    {
        if (entries.Count > SmallCount)
            return (_index ??= Index()).TryGetValue(name, out var found) ? found : -1;
        for (var position = 0; position < entries.Count; position++)
        {
            if (entries[position].Key.Text == name)
                return position;
        }

        return -1;
    }

    private Dictionary<string, int> Index()
    {
        var index = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        for (var position = 0; position < entries.Count; position++)
            index[entries[position].Name] = position;
        return index;
    }
}

/// <summary>A syntax error in a YAML text.</summary>
internal sealed record YamlProblem(string Message, int Line, int Column, int EndColumn, string? Advice = null);

/// <summary>The result of reading a text: the documents that could be read, and the errors.</summary>
internal sealed record YamlText(IReadOnlyList<YamlNode> Documents, IReadOnlyList<YamlProblem> Problems);
