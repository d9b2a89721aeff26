using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>Reads YAML text into positioned nodes: anchors and merge keys resolved, problems collected.</summary>
internal static class YamlReader
{
    /// <summary>Nodes that aliases may copy in one document: an alias bomb ends here.</summary>
    private const int MaxCopiedNodes = 250_000;
    private const int MaxDepth = 1_000;

    /// <param name="text">The text, decoded.</param>
    /// <param name="file">The file the nodes name.</param>
    /// <param name="layer">The layer the nodes carry.</param>
    public static YamlText Read(string text, string? file, int layer)
    {
        var problems = new List<YamlProblem>();
        var documents = new List<YamlNode>();
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (parser.MoveNext())
            {
                if (parser.Current is not DocumentStart)
                    continue;
                parser.MoveNext();
                documents.Add(new Document(parser, file, layer, problems).Read());
            }
        }
        catch (YamlException exception)
        {
            problems.Add(Problem(exception));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // The library answers some broken texts so, and without a position.
            problems.Add(new YamlProblem(exception.Message, 1, 1, 2));
        }

        return new YamlText(documents, problems);
    }

    private static YamlProblem Problem(YamlException exception)
    {
        var message = exception.Message;
        // The library puts the position before its words; a diagnostic has fields for it.
        var colon = message.StartsWith("(Line:", StringComparison.Ordinal) ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        if (colon >= 0)
            message = message.Substring(colon + 3);
        var start = exception.Start;
        var sameLine = exception.End.Line == start.Line && exception.End.Column > start.Column;
        return new YamlProblem(message.TrimEnd('.') + ".", (int)start.Line, (int)start.Column, (int)(sameLine ? exception.End.Column : start.Column + 1));
    }

    /// <summary>Builds one document's tree without recursion, so deep nesting cannot exhaust the stack.</summary>
    private sealed class Document(Parser parser, string? file, int layer, List<YamlProblem> problems)
    {
        private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
        private readonly HashSet<AnchorName> _open = [];
        private readonly Stack<Frame> _frames = new();
        private int _copied;

        public YamlNode Read()
        {
            while (true)
            {
                var node = Next();
                if (node is not null)
                {
                    if (_frames.Count == 0)
                        return node;
                    _frames.Peek().Add(node, problems);
                }

                parser.MoveNext();
            }
        }

        /// <summary>The node the current event completes, or null when it only opened one.</summary>
        private YamlNode? Next()
        {
            switch (parser.Current)
            {
                case Scalar scalar:
                    return Remember(scalar.Anchor, Scalar(scalar));
                case AnchorAlias alias:
                    return Alias(alias);
                case SequenceStart start:
                    Open(new SequenceFrame(start));
                    return null;
                case MappingStart start:
                    Open(new MappingFrame(start));
                    return null;
                case SequenceEnd or MappingEnd:
                    var frame = _frames.Pop();
                    _open.Remove(frame.Start.Anchor);
                    return Remember(frame.Start.Anchor, frame.Complete(file, layer, problems));
                default:
                    throw new YamlException(parser.Current!.Start, parser.Current.End, "The document ends too early");
            }
        }

        private void Open(Frame frame)
        {
            var start = frame.Start;
            if (_frames.Count >= MaxDepth)
                throw new YamlException(start.Start, start.End, $"The document is nested more than {MaxDepth} levels deep");
            if (!start.Anchor.IsEmpty)
                _open.Add(start.Anchor);
            _frames.Push(frame);
        }

        private YamlNode Remember(AnchorName anchor, YamlNode node)
        {
            if (!anchor.IsEmpty)
                _anchors[anchor] = node;
            return node;
        }

        private YamlNode Alias(AnchorAlias alias)
        {
            if (_open.Contains(alias.Value))
                throw new YamlException(alias.Start, alias.End, $"The anchor '{alias.Value}' contains itself");
            if (!_anchors.TryGetValue(alias.Value, out var node))
                throw new YamlException(alias.Start, alias.End, $"There is no anchor '{alias.Value}'");
            _copied += Size(node);
            if (_copied > MaxCopiedNodes)
                throw new YamlException(alias.Start, alias.End, "Aliases make the document too large");
            return node;
        }

        /// <summary>Nodes never change, so an alias shares them; what counts is what walking them costs.</summary>
        private int Size(YamlNode node)
        {
            switch (node)
            {
                case YamlSequence sequence:
                    return Sum(sequence.Items);
                case YamlMapping mapping:
                    return Sum(mapping.Entries.Select(entry => entry.Value));
                default:
                    return 1;
            }

            int Sum(IEnumerable<YamlNode> nodes)
            {
                var sum = 1;
                foreach (var item in nodes)
                {
                    sum += Size(item);
                    if (sum > MaxCopiedNodes)
                        break;
                }

                return sum;
            }
        }

        private YamlScalar Scalar(Scalar scalar)
        {
            var tag = Tag(scalar.Tag);
            var value = Value(scalar, tag);
            if (value is double number && (double.IsNaN(number) || double.IsInfinity(number)))
                problems.Add(new YamlProblem($"{scalar.Value} is not a finite number; quote it to mean the text.", (int)scalar.Start.Line, (int)scalar.Start.Column, EndColumn(scalar.Start, scalar.End)));
            return new YamlScalar
            {
                Value = value,
                Text = value as string ?? scalar.Value,
                File = file,
                Line = (int)scalar.Start.Line,
                Column = (int)scalar.Start.Column,
                EndColumn = EndColumn(scalar.Start, scalar.End),
                Tag = tag,
                Layer = layer,
            };
        }
    }

    /// <summary>A plain scalar is what it looks like, a tagged one what its tag says.</summary>
    private static object? Value(Scalar scalar, string? tag)
    {
        const string core = "tag:yaml.org,2002:";
        switch (tag)
        {
            case core + "int" or core + "float" or core + "bool" or core + "null":
                var value = YamlScalars.Resolve(scalar.Value);
                var fits = tag switch
                {
                    core + "int" => value is long or ulong,
                    core + "float" => value is long or ulong or double,
                    core + "bool" => value is bool,
                    _ => value is null,
                };
                return fits ? value : throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is no !!{tag.Substring(core.Length)}");
            case core + "binary":
                return Binary(scalar);
            case core + "str":
                return scalar.Value;
            default:
                return scalar.Style == ScalarStyle.Plain ? YamlScalars.Resolve(scalar.Value) : scalar.Value;
        }
    }

    private static string Binary(Scalar scalar)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (FormatException exception)
        {
            throw new YamlException(scalar.Start, scalar.End, "This is no base64 text", exception);
        }
    }

    private static string? Tag(TagName tag) => tag.IsEmpty || tag.IsNonSpecific ? null : tag.Value;

    private static int EndColumn(Mark start, Mark end) =>
        end.Line == start.Line && end.Column > start.Column ? (int)end.Column : (int)start.Column + 1;

    /// <summary>A collection that is being read.</summary>
    private abstract class Frame(NodeEvent start)
    {
        public NodeEvent Start => start;

        public abstract void Add(YamlNode node, List<YamlProblem> problems);

        public abstract YamlNode Complete(string? file, int layer, List<YamlProblem> problems);
    }

    private sealed class SequenceFrame(NodeEvent start) : Frame(start)
    {
        private readonly List<YamlNode> _items = [];

        public override void Add(YamlNode node, List<YamlProblem> problems) => _items.Add(node);

        public override YamlNode Complete(string? file, int layer, List<YamlProblem> problems) => new YamlSequence(_items)
        {
            File = file, Line = (int)Start.Start.Line, Column = (int)Start.Start.Column, EndColumn = (int)Start.Start.Column + 1, Tag = Tag(Start.Tag), Layer = layer,
        };
    }

    private sealed class MappingFrame(NodeEvent start) : Frame(start)
    {
        /// <summary>Up to so many keys, looking through them is cheaper than an index.</summary>
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
                File = file, Line = (int)Start.Start.Line, Column = (int)Start.Start.Column, EndColumn = (int)Start.Start.Column + 1, Tag = Tag(Start.Tag), Layer = layer,
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
            // A second key that only resets takes nothing away from the first.
            if (_duplicate is { } again && node.Tag != "!reset")
                problems.Add(new YamlProblem($"The key '{again.Text}' is defined twice: first in line {Seen(again.Text)!.Line}.", again.Line, again.Column, again.EndColumn));
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
                    problems.Add(new YamlProblem("A merge key (<<) takes a mapping or a list of mappings.", source.Line, source.Column, source.EndColumn));
                    break;
            }
        }
    }
}
