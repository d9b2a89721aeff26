using System.Text.Json;
using Compose.Engine.Dto;

namespace Compose.Plan.Compare;

/// <summary>Compares host settings field by field; what the engine fills in where nothing was asked for counts as nothing.</summary>
internal static class HostComparer
{
    private const string SystemPaths = "SystemPaths";
    private const string NoLabel = "label=disable";

    /// <summary>Compared elsewhere, in the form the compose file has.</summary>
    private static readonly HashSet<string> Elsewhere = ["Binds", "Mounts", "PortBindings", "NetworkMode", "RestartPolicy", "Tmpfs", "Links", "AutoRemove"];

    /// <summary>What the engine answers with for a setting nobody made.</summary>
    private static readonly Dictionary<string, string[]> Defaults = new(StringComparer.Ordinal)
    {
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
        old[SystemPaths] = Hidden(actual);
        now[SystemPaths] = Hidden(wanted);
        return
        [
            .. old.Keys.Union(now.Keys).Where(name => !Elsewhere.Contains(name)).OrderBy(name => name, StringComparer.Ordinal)
                .Select(name => new FieldChange(name, Value(old, name), Value(now, name)))
                .Where(change => change.Old != change.New && !(change.New is null && IsDefault(change)))
                .Select(change => change.Field == "LogConfig" ? PairChanges.Masked(change) : change),
        ];
    }

    /// <summary>
    /// Leaves out what the engine adds to a setting: its default log driver, the paths it hides, twice the memory as swap, and no
    /// SELinux label where a namespace is the host's.
    /// </summary>
    private static HostConfig WithoutAdded(HostConfig actual, HostConfig wanted) => actual with
    {
        LogConfig = wanted.LogConfig is null or { Type: "" or null } && actual.LogConfig is { Type: not "none" } log ? log with { Type = "" } : actual.LogConfig,
        MaskedPaths = null,
        ReadonlyPaths = null,
        MemorySwap = wanted.MemorySwap is null or 0 && actual.MemorySwap == 2 * actual.Memory ? null : actual.MemorySwap,
        MemorySwappiness = wanted.MemorySwappiness is null && actual.MemorySwappiness == -1 ? null : actual.MemorySwappiness,
        SecurityOpt = wanted.SecurityOpt?.Contains(NoLabel) == true ? actual.SecurityOpt : actual.SecurityOpt?.Where(option => option != NoLabel).ToList(),
    };

    /// <summary>An empty list of hidden paths is a setting, none given is not.</summary>
    private static string Hidden(HostConfig host) => host.MaskedPaths is { Count: 0 } && !(host.Privileged ?? false) ? "unconfined" : "hidden";

    private static bool IsDefault(FieldChange change) =>
        Defaults.TryGetValue(change.Field, out var values) && values.Contains(change.Old);

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
