using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>Reads the tree of a document, without recursion, because deep nesting could overflow the stack.</summary>
internal sealed class YamlDocumentReader(Parser parser, string? file, int layer, List<YamlProblem> problems)
{
    /// <summary>The most nodes that the aliases of a document may refer to: limits alias bombs ("billion laughs").</summary>
    private const int MaxCopiedNodes = 250_000;
    private const int MaxDepth = 1_000;

    private readonly Dictionary<AnchorName, YamlNode> _anchors = [];
    private readonly HashSet<AnchorName> _open = [];
    private readonly Stack<YamlFrame> _frames = new();
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

    /// <summary>The node that the current event completes, or null if the event begins a collection.</summary>
    private YamlNode? Next()
    {
        switch (parser.Current)
        {
            case Scalar scalar:
                return Remember(scalar.Anchor, YamlScalarReader.Read(scalar, file, layer, problems));
            case AnchorAlias alias:
                return Alias(alias);
            case SequenceStart start:
                Open(new YamlSequenceFrame(start));
                return null;
            case MappingStart start:
                Open(new YamlMappingFrame(start));
                return null;
            case SequenceEnd or MappingEnd:
                var frame = _frames.Pop();
                _open.Remove(frame.Start.Anchor);
                return Remember(frame.Start.Anchor, frame.Complete(file, layer, problems));
            default:
                throw new YamlException(parser.Current!.Start, parser.Current.End, "The document ends too early");
        }
    }

    private void Open(YamlFrame frame)
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

    /// <summary>The number of nodes in a tree. Aliases share nodes, but every walk of the tree visits each again.</summary>
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
}
