using Compose.Yaml;

namespace Compose.Files;

/// <summary>Takes out what a !reset without anything to reset leaves behind.</summary>
internal static class TagRemover
{
    public static YamlMapping Clean(YamlMapping mapping)
    {
        List<YamlEntry>? changed = null;
        for (var index = 0; index < mapping.Entries.Count; index++)
        {
            var entry = mapping.Entries[index];
            var value = Tags.IsReset(entry.Value) ? null : entry.Value is YamlMapping inner ? Clean(inner) : entry.Value;
            if (changed is null && ReferenceEquals(value, entry.Value))
                continue;
            changed ??= [.. mapping.Entries.Take(index)];
            if (value is not null)
                changed.Add(new(entry.Key, value));
        }

        return changed is null ? mapping : mapping.With(changed);
    }
}
