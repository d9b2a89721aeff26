using System.Text.Json.Nodes;

namespace Compose.Execute.Describe;

/// <summary>Adds values to a section, and leaves out empty ones.</summary>
internal static class JsonSection
{
    public static void Text(this JsonObject section, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            section[name] = Escape(value!);
    }

    public static void Number(this JsonObject section, string name, long? value)
    {
        if (value is not (null or 0))
            section[name] = value;
    }

    public static void Flag(this JsonObject section, string name, bool? value)
    {
        if (value == true)
            section[name] = true;
    }

    public static void Texts(this JsonObject section, string name, IEnumerable<string>? values)
    {
        if (values?.ToList() is { Count: > 0 } list)
            section[name] = List(list);
    }

    public static void Pairs(this JsonObject section, string name, IEnumerable<KeyValuePair<string, string>>? pairs)
    {
        var map = new JsonObject();
        foreach (var pair in (pairs ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            map[pair.Key] = Escape(pair.Value);
        section.Part(name, map);
    }

    public static void Part(this JsonObject section, string name, JsonObject part)
    {
        if (part.Count > 0)
            section[name] = part;
    }

    public static void Items(this JsonObject section, string name, IEnumerable<JsonNode>? items)
    {
        if (items?.ToArray() is { Length: > 0 } list)
            section[name] = new JsonArray(list);
    }

    /// <summary>Adds a list even if it is empty, which clears the image's value.</summary>
    public static JsonArray List(IEnumerable<string>? values) =>
        new([.. (values ?? []).Select(value => (JsonNode)JsonValue.Create(Escape(value))!)]);

    /// <summary>Escapes dollar signs, which begin a variable in a compose file.</summary>
    public static string Escape(string text) => text.Replace("$", "$$");

    /// <summary>Nanoseconds as compose writes durations.</summary>
    public static void Duration(this JsonObject section, string name, long? nanoseconds)
    {
        if (nanoseconds is > 0)
            section[name] = Model.Config.GoDuration.Format(TimeSpan.FromTicks(nanoseconds.Value / 100));
    }
}
