using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compose.Yaml;

namespace Compose.Model.Config;

/// <summary>Writes a JSON value as block YAML, two spaces a level, quoting only what would read as something else.</summary>
internal static class YamlFromJson
{
    public static string Write(JsonElement root)
    {
        var text = new StringBuilder();
        Members(text, root, 0);
        return text.ToString();
    }

    private static void Members(StringBuilder text, JsonElement element, int depth)
    {
        foreach (var member in element.EnumerateObject())
        {
            text.Append(' ', depth * 2).Append(Scalar(member.Name)).Append(':');
            Value(text, member.Value, depth);
        }
    }

    private static void Value(StringBuilder text, JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                text.Append('\n');
                Members(text, element, depth + 1);
                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                text.Append('\n');
                foreach (var item in element.EnumerateArray())
                    Item(text, item, depth + 1);
                break;
            default:
                text.Append(' ').Append(Leaf(element)).Append('\n');
                break;
        }
    }

    private static void Item(StringBuilder text, JsonElement item, int depth)
    {
        text.Append(' ', depth * 2).Append("- ");
        if (item.ValueKind == JsonValueKind.Object && item.EnumerateObject().Any())
        {
            var members = new StringBuilder();
            Members(members, item, depth + 1);
            text.Append(members.ToString().TrimStart(' '));
        }
        else
        {
            text.Append(Leaf(item)).Append('\n');
        }
    }

    private static string Leaf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{}",
        JsonValueKind.Array => "[]",
        JsonValueKind.Null => "null",
        JsonValueKind.String => Scalar(element.GetString()!),
        _ => element.GetRawText(),
    };

    private static string Scalar(string value) => NeedsQuotes(value) ? "\"" + JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"" : value;

    private static bool NeedsQuotes(string value) =>
        value.Length == 0
        || YamlScalars.Resolve(value) is not string
        || "-?:,[]{}#&*!|>'\"%@`~ ".IndexOf(value[0]) >= 0
        || value[value.Length - 1] is ' ' or ':'
        || value.IndexOf(": ", StringComparison.Ordinal) >= 0
        || value.IndexOf(" #", StringComparison.Ordinal) >= 0
        || value.Any(char.IsControl)
        || value.ToLowerInvariant() is "y" or "n" or "yes" or "no" or "on" or "off";
}
