using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Compose.Plan.Requests;

namespace Compose.Tests.Execute.Differences;

/// <summary>
/// What inspect tells as one line a field, <c>containers/&lt;project&gt;-web-1/HostConfig/Memory</c>, in the form two projects
/// can be compared in: no ids, times or project names, sets in order. Null and an empty list or map are no field.
/// </summary>
internal static partial class InspectForm
{
    /// <summary>What no request decides: identity, time, and where the engine keeps its files.</summary>
    private static readonly string[] Incidental =
    [
        "containers/*/Id", "containers/*/Created", "containers/*/State", "containers/*/ResolvConfPath",
        "containers/*/HostnamePath", "containers/*/HostsPath",
        "containers/*/LogPath", "containers/*/GraphDriver", "containers/*/NetworkSettings/SandboxID",
        "containers/*/NetworkSettings/SandboxKey",
        "containers/*/NetworkSettings/Networks/*/NetworkID", "networks/*/Id", "networks/*/Created", "volumes/*/CreatedAt",
    ];

    /// <summary>Lists that are sent, or answered, in no particular order.</summary>
    private static readonly string[] Sets =
    [
        "containers/*/Config/Env", "containers/*/HostConfig/Binds", "containers/*/HostConfig/Mounts",
        "containers/*/HostConfig/Ulimits", "containers/*/HostConfig/ExtraHosts",
        "containers/*/HostConfig/Links", "containers/*/Mounts", "containers/*/NetworkSettings/Networks/*/Links",
        "containers/*/NetworkSettings/Networks/*/Aliases",
        "containers/*/NetworkSettings/Networks/*/DNSNames",
    ];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SortedDictionary<string, string> Of(JsonObject told, string project)
    {
        var text = AnonymousVolume().Replace(told.ToJsonString(Readable), "<anonymous>");
        foreach (var (name, container) in told["containers"]!.AsObject())
        {
            var id = (string)container!["Id"]!;
            text = text.Replace(id, $"<{name}>", StringComparison.Ordinal)
                .Replace(id[..12], $"<{name}>", StringComparison.Ordinal);
        }

        var form = JsonNode.Parse(text.Replace(project, "<project>", StringComparison.Ordinal))!;
        foreach (var (_, container) in form["containers"]!.AsObject())
        {
            MountForm.Unify(container!.AsObject());
            ExpandPorts(container["Config"]!.AsObject());
        }

        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(form, [], fields);
        return fields;
    }

    /// <summary>
    /// Releases of docker compose differ in whether a range, or a port without protocol, is exposed as it is written.
    /// </summary>
    private static void ExpandPorts(JsonObject config)
    {
        if (config["ExposedPorts"] is JsonObject ports)
            config["ExposedPorts"] = new JsonObject(
                ports.SelectMany(port => PortTranslation.Expand(port.Key))
                    .Distinct()
                    .Select(port => KeyValuePair.Create(port, (JsonNode?)new JsonObject())));
    }

    /// <summary>Whether a path of fields is of a pattern; <c>*</c> stands for any one name.</summary>
    public static bool Matches(string path, string pattern)
    {
        var (names, wanted) = (path.Split('/'), pattern.Split('/'));
        return names.Length == wanted.Length && names.Zip(wanted).All(pair => pair.Second == "*" || pair.First == pair.Second);
    }

    private static void Flatten(JsonNode? node, IReadOnlyList<string> path, SortedDictionary<string, string> fields)
    {
        var name = string.Join('/', path.Select(step => step.Replace('/', '|')));
        if (Incidental.Any(pattern => Matches(name, pattern)))
            return;
        switch (node)
        {
            case null or JsonArray { Count: 0 }:
                break;
            case JsonObject { Count: 0 } when Matches(name, "containers/*/Config/ExposedPorts/*"):
                fields[name] = "{}";
                break;
            case JsonObject map:
                foreach (var (key, value) in map)
                    Flatten(value, [.. path, key], fields);
                break;
            case JsonArray list when Sets.Any(pattern => Matches(name, pattern)):
                fields[name] =
                    $"[{string.Join(",", list.Select(item => item?.ToJsonString(Readable)).Order(StringComparer.Ordinal))}]";
                break;
            default:
                fields[name] = node.ToJsonString(Readable);
                break;
        }
    }

    [GeneratedRegex("(?<=\"(Name|Source)\":\"(/[^\"]*/)?)[0-9a-f]{64}(?=[\"/])")]
    private static partial Regex AnonymousVolume();
}
