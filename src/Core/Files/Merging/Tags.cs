using Compose.Yaml;

namespace Compose.Files.Merging;

/// <summary>The tags by which a later file removes or replaces what an earlier one says.</summary>
internal static class Tags
{
    public static bool IsReset(YamlNode node) => node.Tag == "!reset";

    public static bool IsOverride(YamlNode node) => node.Tag == "!override";

    /// <summary>A value that could not be worked out, of which an error has been told.</summary>
    public static bool IsBroken(YamlNode node) => node.Tag == BrokenTag;

    public static YamlNode Broken(YamlNode node) => Keep(node, BrokenTag);

    private const string BrokenTag = "!broken";

    /// <summary>A value nobody wrote: it never replaces one somebody did.</summary>
    public static bool IsDefault(YamlNode node) => node.Tag == Default;

    public const string Default = "!default";

    public static bool IsSingle(YamlNode node) => node.Tag == Single;

    /// <summary>What one word stands for ("all", a number for two): a list of it cannot be added to another list.</summary>
    public const string Single = "!single";

    /// <summary>The node with the tag another one had, for what was made out of that one.</summary>
    public static YamlNode Keep(YamlNode node, string tag) => node switch
    {
        YamlMapping mapping =>
            new YamlMapping(mapping.Entries)
            {
                File = node.File,
                Line = node.Line,
                Column = node.Column,
                EndColumn = node.EndColumn,
                Layer = node.Layer,
                Tag = tag,
            },
        YamlSequence sequence =>
            new YamlSequence(sequence.Items)
            {
                File = node.File,
                Line = node.Line,
                Column = node.Column,
                EndColumn = node.EndColumn,
                Layer = node.Layer,
                Tag = tag,
            },
        YamlScalar scalar =>
            new YamlScalar
            {
                Value = scalar.Value,
                Text = scalar.Text,
                File = node.File,
                Line = node.Line,
                Column = node.Column,
                EndColumn = node.EndColumn,
                Layer = node.Layer,
                Tag = tag,
            },
        _ => node,
    };
}
