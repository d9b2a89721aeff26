using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Compose.Images.Registry;

internal sealed partial class RegistryCredentials
{
    /// <summary>A config.json with all logins of docker's configuration, those of credential helpers in plain text.</summary>
    public async Task<byte[]> AllAsync(CancellationToken cancellationToken)
    {
        var logins = new SortedDictionary<string, (string User, string Secret)>(StringComparer.Ordinal);
        var file = Path.Combine(configDirectory, "config.json");
        if (File.Exists(file))
        {
            using var document = Parse(file);
            foreach (var key in await KeysAsync(document.RootElement, cancellationToken).ConfigureAwait(false))
            {
                var helper = Helper(document.RootElement, key, key);
                var login = helper is null
                    ? Stored(document.RootElement, key)
                    : await AskAsync(helper, key, cancellationToken).ConfigureAwait(false);
                if (login is { } known)
                    logins[key] = known;
            }
        }

        return Write(logins);
    }

    /// <summary>The registries with a login in docker's configuration.</summary>
    private async Task<IReadOnlyList<string>> RegistriesAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(configDirectory, "config.json");
        if (!File.Exists(file))
            return [];
        using var document = Parse(file);
        return [.. (await KeysAsync(document.RootElement, cancellationToken).ConfigureAwait(false)).Select(Host)];
    }

    /// <summary>Docker's config.json, with the logins of -RegistryCredential replacing its own and those of helpers.</summary>
    public byte[] WithGiven()
    {
        var file = Path.Combine(configDirectory, "config.json");
        using var document = File.Exists(file) ? Parse(file) : null;
        var config = (document is null ? null : JsonNode.Parse(document.RootElement.GetRawText()) as JsonObject) ?? [];
        var auths = Section(config, "auths");
        foreach (var login in _given)
        {
            var key = Key(login.Key);
            auths[key] = new JsonObject { ["auth"] = Encode(login.Value.User, login.Value.Secret) };
            // An empty helper name for a registry makes docker use auths, and not the store, for it.
            if (config.ContainsKey("credsStore") || config["credHelpers"] is JsonObject)
                Section(config, "credHelpers")[key] = "";
        }

        var plugins = config["cliPluginsExtraDirs"] as JsonArray ?? [];
        config.Remove("cliPluginsExtraDirs");
        config["cliPluginsExtraDirs"] = new JsonArray(
            [.. plugins.Select(folder => folder?.DeepClone()), JsonValue.Create(Path.Combine(configDirectory, "cli-plugins"))]);
        return Encoding.UTF8.GetBytes(config.ToJsonString());
    }

    private static JsonObject Section(JsonObject config, string name)
    {
        if (config[name] is not JsonObject section)
            config[name] = section = [];
        return section;
    }

    private static string Encode(string user, string secret) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(user + ":" + secret));

    /// <summary>The keys of registries with a login in auths, credHelpers or the credential store.</summary>
    private static async Task<IReadOnlyList<string>> KeysAsync(JsonElement config, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var section in new[] { "auths", "credHelpers" })
        {
            if (config.TryGetProperty(section, out var named) && named.ValueKind == JsonValueKind.Object)
                keys.AddRange(named.EnumerateObject().Select(property => property.Name));
        }

        if (Text(config, "credsStore") is { } helper
            && await RunAsync(helper, "list", "", cancellationToken).ConfigureAwait(false) is { } listed)
        {
            using (listed)
                keys.AddRange(listed.RootElement.EnumerateObject().Select(property => property.Name));
        }

        return [.. keys.Distinct()];
    }

    private static byte[] Write(IReadOnlyDictionary<string, (string User, string Secret)> logins)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("auths");
            foreach (var login in logins)
            {
                json.WriteStartObject(login.Key);
                if (login.Value.User == "<token>")
                    json.WriteString("identitytoken", login.Value.Secret);
                else
                    json.WriteString("auth", Encode(login.Value.User, login.Value.Secret));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
