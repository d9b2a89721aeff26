using System.Net;
using Compose.Errors;
using Compose.Yaml;

namespace Compose.Files.Checks;

/// <summary>
/// Checks each definition on its own, after all files are merged: host IPs, bind sources, device requests, contents of secrets
/// and configs, settings of external resources.
/// </summary>
internal sealed class DefinitionCheck(DiagnosticBag diagnostics)
{
    public void Run(YamlMapping root)
    {
        foreach (var (key, volume) in Definitions(root, "volumes"))
            External(key, volume);
        foreach (var (key, secret) in Definitions(root, "secrets"))
            Content("secret", key, secret, "file", "environment");
        foreach (var (key, config) in Definitions(root, "configs"))
            Content("config", key, config, "file", "environment", "content");
        foreach (var (_, service) in Definitions(root, "services"))
            Service(service);
    }

    private void Service(YamlMapping service)
    {
        foreach (var port in Items(service, "ports"))
        {
            if (port["host_ip"] is YamlScalar { Value: string { Length: > 0 } address } place
                && !IPAddress.TryParse(address, out _))
                diagnostics.Error(ModelErrors.InvalidHostIP, $"'{address}' is not an address.", place);
        }

        foreach (var mount in Items(service, "volumes"))
        {
            if (mount["type"] is YamlScalar { Text: "bind" } && mount["source"] is not YamlScalar { Text.Length: > 0 })
                diagnostics.Error(FileErrors.MissingAttribute, "A bind mount needs the attribute 'source'.", mount);
        }

        foreach (var key in ((service["build"] as YamlMapping)?["ssh"] as YamlMapping)?.Entries ?? [])
        {
            if (key.Value is YamlScalar { IsNull: true } && key.Name != "default")
                diagnostics.Error(
                    FileErrors.MissingAttribute, $"The ssh key '{key.Name}' needs a path: only 'default' is the agent.", key.Key);
        }

        var reserved = ((service["deploy"] as YamlMapping)?["resources"] as YamlMapping)?["reservations"] as YamlMapping;
        foreach (var request in Items(service, "gpus").Concat(Items(reserved, "devices")))
        {
            if (request.Has("count") && request.Has("device_ids"))
                diagnostics.Error(
                    ModelErrors.DeviceRequestConflict, "A device request says either count or device_ids.", request.Key("count"));
        }

        foreach (var watch in Items(service["develop"] as YamlMapping, "watch"))
        {
            if (watch["path"] is YamlScalar { Text: "" } path)
                diagnostics.Error(FileErrors.MissingAttribute, "What is watched needs a path.", path);
        }
    }

    /// <summary>Reports settings of an external resource, which the project does not create.</summary>
    private void External(YamlScalar key, YamlMapping definition)
    {
        if (definition["external"] is not (YamlScalar { Value: true } or YamlMapping))
            return;
        foreach (var entry in definition.Entries.Where(entry =>
            entry.Name is not ("name" or "external") && !entry.Name.StartsWith("x-", StringComparison.Ordinal)))
            diagnostics.Error(
                ModelErrors.ExternalWithSettings, $"'{key.Text}' is external, so it cannot have '{entry.Name}'.",
                entry.Key, advice: "Remove it, or remove external.");
    }

    private void Content(string kind, YamlScalar key, YamlMapping definition, params string[] sources)
    {
        var given = sources.Where(definition.Has).ToList();
        if (given.Count > 1)
            diagnostics.Error(
                ModelErrors.ContentTwice, $"The {kind} '{key.Text}' has more than one content: {string.Join(", ", given)}.",
                definition.Key(given[1]));
        else if (given.Count == 0 && !definition.Has("driver") && !definition.Has("external"))
            diagnostics.Error(ModelErrors.NoContent, $"The {kind} '{key.Text}' needs one of {string.Join(", ", sources)}.", key);
    }

    private static IEnumerable<(YamlScalar Key, YamlMapping Value)> Definitions(YamlMapping root, string section) =>
        root[section] is YamlMapping mapping
            ? mapping.Entries.Where(entry => entry.Value is YamlMapping).Select(entry => (entry.Key, (YamlMapping)entry.Value))
            : [];

    private static IEnumerable<YamlMapping> Items(YamlMapping? mapping, string name) =>
        mapping?[name] is YamlSequence sequence ? sequence.Items.OfType<YamlMapping>() : [];
}
