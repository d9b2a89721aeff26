using Compose.Yaml;

namespace Compose.Files.Merging;

/// <summary>
/// The YAML tags that control merging: !reset and !override, which users write, and our own marks, which they cannot.
/// </summary>
internal static class MergeTags
{
    public static bool IsReset(YamlNode node) => node.Tag == "!reset";

    public static bool IsOverride(YamlNode node) => node.Tag == "!override";

    /// <summary>Whether interpolation failed for a value. The error has been reported, so later steps skip the value.</summary>
    public static bool IsBroken(YamlNode node) => node.Tag == BrokenTag;

    public static YamlNode Broken(YamlNode node) => Keep(node, BrokenTag);

    private const string BrokenTag = "!broken";

    /// <summary>Whether a value is a default of ours. The merger never lets it replace a value of a file.</summary>
    public static bool IsDefault(YamlNode node) => node.Tag == Default;

    public const string Default = "!default";

    public static bool IsSingle(YamlNode node) => node.Tag == Single;

    /// <summary>
    /// Marks a list or mapping that was expanded from one scalar (<c>gpus: all</c>, a single ulimit). Merging such a list into
    /// another is an error.
    /// </summary>
    public const string Single = "!single";

    /// <summary>A copy of a node with a tag.</summary>
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
