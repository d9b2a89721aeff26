using Compose.Files;
using Compose.Files.Canonical;
using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Reads values from a mapping in long form. An attribute that is absent or null reads as null or empty.</summary>
internal static class NodeReader
{
    public static string? Text(this YamlMapping mapping, string name) =>
        mapping[name] is YamlScalar { IsNull: false } scalar ? YamlScalars.Format(scalar.Value) : null;

    /// <summary>
    /// A text, or null if it is empty. As in docker compose an empty string, such as from an unset variable, counts as absent.
    /// </summary>
    public static string? NonEmptyText(this YamlMapping mapping, string name) =>
        mapping.Text(name) is { Length: > 0 } text ? text : null;

    public static long? Long(this YamlMapping mapping, string name) =>
        mapping[name] is YamlScalar { Value: long value } ? value : null;

    public static int? Int(this YamlMapping mapping, string name) => (int?)mapping.Long(name);

    public static double? Number(this YamlMapping mapping, string name) =>
        mapping[name] is YamlScalar { Value: { } value } ? value is long whole ? whole : value as double? : null;

    public static bool? Flag(this YamlMapping mapping, string name) =>
        mapping[name] is YamlScalar { Value: bool value } ? value : null;

    public static TimeSpan? Duration(this YamlMapping mapping, string name) =>
        mapping[name] is YamlScalar { Value: string text } ? ComposeDuration.Parse(text) : null;

    public static YamlMapping? Map(this YamlMapping mapping, string name) => mapping[name] as YamlMapping;

    public static IReadOnlyList<YamlMapping> Maps(this YamlMapping mapping, string name) =>
        mapping[name] is YamlSequence sequence ? [.. sequence.Items.OfType<YamlMapping>()] : [];

    public static IReadOnlyList<string> Texts(this YamlMapping mapping, string name) => mapping.TextsOrNull(name) ?? [];

    /// <summary>A list of texts; null, not empty, if the attribute is absent: an empty command overrides the image's.</summary>
    public static IReadOnlyList<string>? TextsOrNull(this YamlMapping mapping, string name) =>
        mapping[name] is YamlSequence sequence
            ? [.. sequence.Items.OfType<YamlScalar>().Select(item => YamlScalars.Format(item.Value))]
            : null;

    public static IReadOnlyDictionary<string, string> Pairs(this YamlMapping mapping, string name) =>
        mapping.Map(name) is { } pairs
            ? pairs.Entries.ToDictionary(entry => entry.Name, entry => Text(entry.Value), StringComparer.Ordinal)
            : None<string>.Pairs;

    /// <summary>Pairs in which a null value passes a variable through.</summary>
    public static IReadOnlyDictionary<string, string?> Variables(this YamlMapping mapping, string name) =>
        mapping.Map(name) is { } pairs
            ? pairs.Entries.ToDictionary(
                entry => entry.Name, entry => entry.Value is YamlScalar { IsNull: true } ? null : Text(entry.Value),
                StringComparer.Ordinal)
            : None<string?>.Pairs;

    /// <summary>Converts each entry of a mapping of sections; null is converted as an empty section.</summary>
    public static IReadOnlyDictionary<string, T> Each<T>(
        this YamlMapping mapping, string name, Func<YamlEntry, YamlMapping, T> convert) =>
        mapping.Map(name) is { } map
            ? map.Entries.ToDictionary(
                entry => entry.Name, entry => convert(entry, entry.Value as YamlMapping ?? YamlMapping.At(entry.Key)),
                StringComparer.Ordinal)
            : None<T>.Pairs;

    public static Origin Origin(this YamlNode node) =>
        new(node.File, node.Line, node.Column, node.EndColumn, (OriginLayer)node.Layer);

    private static string Text(YamlNode node) => node is YamlScalar scalar ? YamlScalars.Format(scalar.Value) : "";

    /// <summary>Shared empty dictionaries, because most attributes of most services are absent.</summary>
    private static class None<T>
    {
        public static readonly IReadOnlyDictionary<string, T> Pairs = new Dictionary<string, T>(0, StringComparer.Ordinal);
    }
}
