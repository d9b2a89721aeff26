using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Compose.Plan.Requests;

namespace Compose.Tests.Execute.Differences;

/// <summary>
/// Inspect output with one line for each field, <c>containers/&lt;project&gt;-web-1/HostConfig/Memory</c>, in a form in which
/// two projects can be compared: without ids, times and project names, and with sets sorted. Null and empty lists or maps count
/// as missing.
/// </summary>
internal static partial class InspectForm
{
    /// <summary>Fields that no request sets: ids, times, and where the engine keeps its files.</summary>
    private static readonly string[] Incidental =
    [
        "containers/*/Id", "containers/*/Created", "containers/*/State", "containers/*/ResolvConfPath",
        "containers/*/HostnamePath", "containers/*/HostsPath",
        "containers/*/LogPath", "containers/*/GraphDriver", "containers/*/NetworkSettings/SandboxID",
        "containers/*/NetworkSettings/SandboxKey",
        "containers/*/NetworkSettings/Networks/*/NetworkID", "networks/*/Id", "networks/*/Created", "volumes/*/CreatedAt",
    ];

    /// <summary>Lists whose order has no meaning.</summary>
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
    /// Releases of docker compose differ in whether they expose a port range, or a port without protocol, as it is written.
    /// </summary>
    private static void ExpandPorts(JsonObject config)
    {
        if (config["ExposedPorts"] is JsonObject ports)
            config["ExposedPorts"] = new JsonObject(
                ports.SelectMany(port => PortTranslation.Expand(port.Key))
                    .Distinct()
                    .Select(port => KeyValuePair.Create(port, (JsonNode?)new JsonObject())));
    }

    /// <summary>Whether a path of fields matches a pattern; <c>*</c> matches any one name.</summary>
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
