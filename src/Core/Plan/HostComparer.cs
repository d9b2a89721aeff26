using System.Text.Json;
using Compose.Engine.Dto;

namespace Compose.Plan;

/// <summary>Compares host settings field by field; what the engine fills in where nothing was asked for counts as nothing.</summary>
internal static class HostComparer
{
    private const string NoLabel = "label=disable";

    /// <summary>Compared elsewhere, in the form the compose file has.</summary>
    private static readonly HashSet<string> Elsewhere = ["Binds", "Mounts", "PortBindings", "NetworkMode", "RestartPolicy", "Tmpfs", "Links", "AutoRemove"];

    /// <summary>What the engine answers with for a setting nobody made; null stands for whatever it says.</summary>
    private static readonly Dictionary<string, string[]?> Defaults = new(StringComparer.Ordinal)
    {
        ["LogConfig"] = null,
        ["MaskedPaths"] = null,
        ["ReadonlyPaths"] = null,
        ["MemorySwap"] = null,
        ["MemorySwappiness"] = null,
        ["CgroupParent"] = null,
        ["IpcMode"] = ["private", "shareable"],
        ["CgroupnsMode"] = ["private", "host"],
        ["ShmSize"] = ["67108864"],
        ["Runtime"] = ["runc", "io.containerd.runc.v2"],
        ["Isolation"] = ["default"],
    };

    public static IEnumerable<FieldChange> Compare(HostConfig actual, HostConfig wanted)
    {
        using var have = JsonSerializer.SerializeToDocument(WithoutAdded(actual, wanted), EngineJson.Default.HostConfig);
        using var want = JsonSerializer.SerializeToDocument(wanted, EngineJson.Default.HostConfig);
        var old = Fields(have);
        var now = Fields(want);
        return
        [
            .. old.Keys.Union(now.Keys).Where(name => !Elsewhere.Contains(name)).OrderBy(name => name, StringComparer.Ordinal)
                .Select(name => new FieldChange(name, Value(old, name), Value(now, name)))
                .Where(change => change.Old != change.New && !(change.New is null && IsDefault(change))),
        ];
    }

    /// <summary>Leaves out what the engine adds to a setting: its default log driver, and no SELinux label where a namespace is the host's.</summary>
    private static HostConfig WithoutAdded(HostConfig actual, HostConfig wanted) => actual with
    {
        LogConfig = wanted.LogConfig is { Type: "" or null } && actual.LogConfig is { } log ? log with { Type = "" } : actual.LogConfig,
        SecurityOpt = wanted.SecurityOpt?.Contains(NoLabel) == true ? actual.SecurityOpt : actual.SecurityOpt?.Where(option => option != NoLabel).ToList(),
    };

    private static bool IsDefault(FieldChange change) =>
        Defaults.TryGetValue(change.Field, out var values) && (values is null || values.Contains(change.Old));

    private static string? Value(Dictionary<string, string> fields, string name) => fields.TryGetValue(name, out var value) ? value : null;

    private static Dictionary<string, string> Fields(JsonDocument document) => document.RootElement.EnumerateObject()
        .Select(property => (property.Name, Text: Text(property.Value)))
        .Where(field => !IsNothing(field.Text) && field.Text != "-1")
        .ToDictionary(field => field.Name, field => field.Text, StringComparer.Ordinal);

    private static bool IsNothing(string text) => text is "" or "0" or "false" or "null" or "[]" or "{}";

    /// <summary>Lists are sets here; capabilities may or may not have their prefix.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Text).OrderBy(text => text, StringComparer.Ordinal)) + "]",
        JsonValueKind.Object => "{" + string.Join(", ", value.EnumerateObject().Select(property => (property.Name, Text: Text(property.Value)))
            .Where(property => !IsNothing(property.Text)).Select(property => property.Name + ": " + property.Text).OrderBy(text => text, StringComparer.Ordinal)) + "}",
        JsonValueKind.String when value.GetString() is { } text => text.StartsWith("CAP_", StringComparison.Ordinal) ? text.Substring(4) : text,
        JsonValueKind.False => "false",
        JsonValueKind.True => "true",
        _ => value.GetRawText(),
    };
}
