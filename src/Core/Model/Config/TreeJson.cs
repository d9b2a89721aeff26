using System.Globalization;
using System.Text.Json;
using Compose.Yaml;

namespace Compose.Model.Config;

/// <summary>Writes nodes of a compose file as they are: extensions, and values that were not interpolated.</summary>
internal static class TreeJson
{
    public static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                foreach (var entry in mapping.Entries)
                {
                    json.WritePropertyName(entry.Name);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case YamlSequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                Scalar(json, (YamlScalar)node);
                break;
        }
    }

    public static void Scalar(Utf8JsonWriter json, YamlScalar scalar)
    {
        switch (scalar.Value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case ulong large:
                json.WriteNumberValue(large);
                break;
            case double real when !double.IsNaN(real) && !double.IsInfinity(real):
                json.WriteNumberValue(real);
                break;
            case DateTimeOffset date:
                json.WriteStringValue(
                    date.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + (
                        date.Offset == TimeSpan.Zero ? "Z" : date.ToString("zzz", CultureInfo.InvariantCulture)));
                break;
            case { } value:
                json.WriteStringValue(YamlScalars.Format(value));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
