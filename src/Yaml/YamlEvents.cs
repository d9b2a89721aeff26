using YamlDotNet.Core.Events;

namespace Compose.Yaml;

/// <summary>Reads the tag and the position of YamlDotNet's events.</summary>
internal static class YamlEvents
{
    /// <summary>The tag in the document; null if there is none, or only <c>!</c>.</summary>
    public static string? TagText(this NodeEvent node) => node.Tag.IsEmpty || node.Tag.IsNonSpecific ? null : node.Tag.Value;

    /// <summary>The column after a scalar; for one of several lines, the column after its first character.</summary>
    public static int EndColumn(this Scalar scalar) =>
        scalar.End.Line == scalar.Start.Line && scalar.End.Column > scalar.Start.Column
            ? (int)scalar.End.Column
            : (int)scalar.Start.Column + 1;
}
