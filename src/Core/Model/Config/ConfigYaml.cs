using System.Globalization;
using System.Text;
using System.Text.Json;
using Compose.Yaml;

namespace Compose.Model.Config;

/// <summary>
/// Writes a resolved project as YAML in the form of <c>docker compose config</c>: two spaces per level, no absent command, and
/// the extensions (<c>x-</c>) of all levels.
/// </summary>
internal sealed class ConfigYaml
{
    private readonly StringBuilder _text = new();

    private ConfigYaml()
    {
    }

    /// <param name="root">The project as JSON.</param>
    /// <param name="tree">The merged compose files, for the extensions that the JSON does not have.</param>
    public static string Write(JsonElement root, YamlMapping? tree)
    {
        var yaml = new ConfigYaml();
        yaml.Members(root, tree, 0, indentFirst: true);
        return yaml._text.ToString();
    }

    private void Members(JsonElement element, YamlMapping? node, int depth, bool indentFirst)
    {
        foreach (var member in element.EnumerateObject().Where(member => !IsAbsent(member)))
        {
            Key(member.Name, depth, indentFirst);
            Value(member.Value, node?[member.Name], depth);
            indentFirst = true;
        }

        foreach (var extension in Extensions(element, node))
        {
            Key(extension.Name, depth, indentFirst);
            using var value = JsonDocument.Parse(ConfigWriter.Compacted(json =>
            {
                json.WritePropertyName("value");
                TreeJson.Write(json, extension.Value);
            }), new JsonDocumentOptions { MaxDepth = ConfigWriter.MaxDepth });
            Value(value.RootElement.GetProperty("value"), null, depth);
            indentFirst = true;
        }
    }

    private static IEnumerable<YamlEntry> Extensions(JsonElement element, YamlMapping? node) => node is null
        ? []
        : node.Entries.Where(entry =>
            entry.Name.StartsWith("x-", StringComparison.Ordinal) && !element.TryGetProperty(entry.Name, out _))
                .OrderBy(entry => entry.Name, StringComparer.Ordinal);

    private void Key(string name, int depth, bool indented)
    {
        if (indented)
            _text.Append(' ', depth * 2);
        _text.Append(YamlScalarWriter.Format(name)).Append(':');
    }

    private void Value(JsonElement element, YamlNode? node, int depth)
    {
        var mapping = node as YamlMapping;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any(member => !IsAbsent(member))
                || Extensions(element, mapping).Any():
                _text.Append('\n');
                Members(element, mapping, depth + 1, indentFirst: true);
                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                _text.Append('\n');
                var items = (node as YamlSequence)?.Items is { } known && known.Count == element.GetArrayLength() ? known : null;
                for (var index = 0; index < element.GetArrayLength(); index++)
                    Item(element[index], items?[index], depth + 1);
                break;
            default:
                _text.Append(' ');
                Leaf(element, depth + 1);
                break;
        }
    }

    private void Item(JsonElement item, YamlNode? node, int depth)
    {
        _text.Append(' ', depth * 2).Append("- ");
        if (item.ValueKind == JsonValueKind.Object && item.EnumerateObject().Any())
            Members(item, node as YamlMapping, depth + 1, indentFirst: false);
        else if (item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 0)
            Nested(item, depth);
        else
            Leaf(item, depth + 1);
    }

    /// <summary>Writes a list in a list, which begins on the line of its item: <c>- - a</c>.</summary>
    private void Nested(JsonElement list, int depth)
    {
        var start = _text.Length;
        for (var index = 0; index < list.GetArrayLength(); index++)
            Item(list[index], null, depth + 1);
        _text.Remove(start, (depth + 1) * 2);
    }

    private void Leaf(JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: _text.Append("{}"); break;
            case JsonValueKind.Array: _text.Append("[]"); break;
            case JsonValueKind.Null: _text.Append("null"); break;
            case JsonValueKind.String when element.GetString() is { } text
                && text.IndexOf('\n') >= 0
                && YamlScalarWriter.FitsBlock(text): Block(text, depth); break;
            case JsonValueKind.String: _text.Append(YamlScalarWriter.Format(element.GetString()!)); break;
            default: _text.Append(element.GetRawText()); break;
        }

        if (_text[_text.Length - 1] != '\n')
            _text.Append('\n');
    }

    /// <summary>Writes a literal block, with the indicators for its indentation and for line ends at its end.</summary>
    private void Block(string text, int depth)
    {
        _text.Append('|');
        if (text[0] is ' ' or '\n')
            _text.Append(2.ToString(CultureInfo.InvariantCulture));
        if (!text.EndsWith("\n", StringComparison.Ordinal))
            _text.Append('-');
        else if (text.Length == 1 || text.EndsWith("\n\n", StringComparison.Ordinal))
            _text.Append('+');
        _text.Append('\n');
        var lines = (text.EndsWith("\n", StringComparison.Ordinal) ? text.Substring(0, text.Length - 1) : text).Split('\n');
        foreach (var line in lines)
        {
            if (line.Length > 0)
                _text.Append(' ', depth * 2).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>Whether a member of the JSON is left out in YAML: an absent command, or an empty section such as ipam.</summary>
    private static bool IsAbsent(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Null => member.Name is "command" or "entrypoint",
        JsonValueKind.Object =>
            member.Name is "ipam" or "placement" or "resources" or "exec" && member.Value.EnumerateObject().All(IsAbsent),
        _ => false,
    };
}
