using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>What nodes keep of the library's events.</summary>
internal static class YamlEvents
{
    /// <summary>The tag that was written; null for none and for <c>!</c>.</summary>
    public static string? TagText(this NodeEvent node) => node.Tag.IsEmpty || node.Tag.IsNonSpecific ? null : node.Tag.Value;

    /// <summary>The column behind a scalar, in its own line; of one over several lines, its first character's.</summary>
    public static int EndColumn(this Scalar scalar) =>
        scalar.End.Line == scalar.Start.Line && scalar.End.Column > scalar.Start.Column
            ? (int)scalar.End.Column
            : (int)scalar.Start.Column + 1;
}
