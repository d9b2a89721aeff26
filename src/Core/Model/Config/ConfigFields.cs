using System.Globalization;
using System.Text.Json;

namespace Compose.Model.Config;

/// <summary>
/// Writes fields as docker compose prints them: absent and empty values are left out, maps are sorted by key.
/// </summary>
internal static class ConfigFields
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
    }

    public static void Flag(this Utf8JsonWriter json, string name, bool value)
    {
        if (value)
            json.WriteBoolean(name, true);
    }

    public static void Maybe(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
            json.WriteBoolean(name, flag);
    }

    public static void Whole(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number and not 0)
            json.WriteNumber(name, number);
    }

    /// <summary>Writes a number even if it is zero.</summary>
    public static void Exact(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    public static void Real(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number and not 0)
            json.WriteNumber(name, number);
    }

    /// <summary>Writes a number that Go has as a float32.</summary>
    public static void Single(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is not null and not 0)
            json.WriteNumber(name, (float)value.Value);
    }

    /// <summary>Writes a size as docker compose does, as a string of digits.</summary>
    public static void Bytes(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number and not 0)
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
    }

    public static void Duration(this Utf8JsonWriter json, string name, TimeSpan? value)
    {
        if (value is { } duration)
            json.WriteString(name, GoDuration.Format(duration));
    }

    public static void Texts(this Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is { Count: > 0 })
            json.List(name, values);
    }

    /// <summary>
    /// Writes sorted hosts as <c>name=address</c>, or with the colon that older releases hash.
    /// </summary>
    public static void Hosts(this Utf8JsonWriter json, string name, IReadOnlyList<string> hosts, char separator = '=') =>
        json.Texts(name, [.. hosts.Select(host => Host(host, separator)).OrderBy(host => host, StringComparer.Ordinal)]);

    private static string Host(string host, char separator)
    {
        var colon = host.IndexOf(':');
        return colon < 0 ? host : host.Substring(0, colon) + separator + host.Substring(colon + 1);
    }

    /// <summary>Writes a list even if it is empty, and null if the attribute is absent.</summary>
    public static void TextsOrNull(this Utf8JsonWriter json, string name, IReadOnlyList<string>? values)
    {
        if (values is null)
            json.WriteNull(name);
        else
            json.List(name, values);
    }

    public static void Pairs(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs) =>
        json.Map(name, pairs, (_, value) => json.WriteStringValue(value));

    public static void Variables(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string?>> pairs) =>
        json.Map(name, pairs, (_, value) => json.WriteStringValue(value));

    public static void Map<T>(
        this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, T>> entries, Action<string, T> write)
    {
        var sorted = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        if (sorted.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var entry in sorted)
        {
            json.WritePropertyName(entry.Key);
            write(entry.Key, entry.Value);
        }

        json.WriteEndObject();
    }

    public static void Items<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
            json.Section(() => write(item));
        json.WriteEndArray();
    }

    public static void Section(this Utf8JsonWriter json, Action write)
    {
        json.WriteStartObject();
        write();
        json.WriteEndObject();
    }

    public static void Section(this Utf8JsonWriter json, string name, Action write)
    {
        json.WritePropertyName(name);
        json.Section(write);
    }

    private static void List(this Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
