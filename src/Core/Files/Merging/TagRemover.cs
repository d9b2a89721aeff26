using Compose.Yaml;

namespace Compose.Files.Merging;

/// <summary>Takes out what a !reset without anything to reset leaves behind.</summary>
internal static class TagRemover
{
    public static YamlMapping Clean(YamlMapping mapping) => mapping.Change(entry =>
        Tags.IsReset(entry.Value) ? null : entry.Value is YamlMapping inner ? Clean(inner) : entry.Value);
}
