using Compose.Yaml;

namespace Compose.Files.Merging;

/// <summary>Removes values tagged !reset that had no earlier value to remove.</summary>
internal static class TagRemover
{
    public static YamlMapping Clean(YamlMapping mapping) => mapping.Change(entry =>
        MergeTags.IsReset(entry.Value) ? null : entry.Value is YamlMapping inner ? Clean(inner) : entry.Value);
}
