using Compose.Files;
using Compose.Files.Canonical;
using Compose.Yaml;

namespace Compose.Model.Binding;

/// <summary>Reads values out of a canonical mapping; what is absent or null reads as null or empty.</summary>
internal static class NodeReader
{
    public static string? Text(this YamlMapping mapping, string name) =>
        mapping[name] is YamlScalar { IsNull: false } scalar ? YamlScalars.Format(scalar.Value) : null;

    /// <summary>
    /// A text that says something: docker compose takes an empty one, as a variable without a value leaves it, for none.
    /// </summary>
    public static string? Given(this YamlMapping mapping, string name) =>
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

    /// <summary>Null where the attribute is absent or null: for what tells "none" from "not said".</summary>
    public static IReadOnlyList<string>? TextsOrNull(this YamlMapping mapping, string name) =>
        mapping[name] is YamlSequence sequence
            ? [.. sequence.Items.OfType<YamlScalar>().Select(item => YamlScalars.Format(item.Value))]
            : null;

    public static IReadOnlyDictionary<string, string> Pairs(this YamlMapping mapping, string name) =>
        mapping.Map(name) is { } pairs
            ? pairs.Entries.ToDictionary(entry => entry.Name, entry => Spell(entry.Value), StringComparer.Ordinal)
            : None<string>.Pairs;

    /// <summary>Pairs whose null value means "pass it through".</summary>
    public static IReadOnlyDictionary<string, string?> Variables(this YamlMapping mapping, string name) =>
        mapping.Map(name) is { } pairs
            ? pairs.Entries.ToDictionary(
                entry => entry.Name, entry => entry.Value is YamlScalar { IsNull: true } ? null : Spell(entry.Value),
                StringComparer.Ordinal)
            : None<string?>.Pairs;

    /// <summary>Each entry of a mapping of sections, converted; a null entry gives an empty section.</summary>
    public static IReadOnlyDictionary<string, T> Each<T>(
        this YamlMapping mapping, string name, Func<YamlEntry, YamlMapping, T> convert) =>
        mapping.Map(name) is { } map
            ? map.Entries.ToDictionary(
                entry => entry.Name, entry => convert(entry, entry.Value as YamlMapping ?? YamlMapping.At(entry.Key)),
                StringComparer.Ordinal)
            : None<T>.Pairs;

    public static Origin Origin(this YamlNode node) =>
        new(node.File, node.Line, node.Column, node.EndColumn, (OriginLayer)node.Layer);

    private static string Spell(YamlNode node) => node is YamlScalar scalar ? YamlScalars.Format(scalar.Value) : "";

    /// <summary>What most attributes of most services are: nothing, once for all.</summary>
    private static class None<T>
    {
        public static readonly IReadOnlyDictionary<string, T> Pairs = new Dictionary<string, T>(0, StringComparer.Ordinal);
    }
}
