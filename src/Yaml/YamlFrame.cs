using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>A collection while it is being read.</summary>
internal abstract class YamlFrame(NodeEvent start)
{
    public NodeEvent Start => start;

    public abstract void Add(YamlNode node, List<YamlProblem> problems);

    public abstract YamlNode Complete(string? file, int layer, List<YamlProblem> problems);
}

/// <summary>A sequence while it is being read.</summary>
internal sealed class YamlSequenceFrame(NodeEvent start) : YamlFrame(start)
{
    private readonly List<YamlNode> _items = [];

    public override void Add(YamlNode node, List<YamlProblem> problems) => _items.Add(node);

    public override YamlNode Complete(string? file, int layer, List<YamlProblem> problems) => new YamlSequence(_items)
    {
        File =
            file, Line =
                (int)Start.Start.Line, Column =
                    (int)Start.Start.Column, EndColumn = (int)Start.Start.Column + 1, Tag = Start.TagText(), Layer = layer,
    };
}
