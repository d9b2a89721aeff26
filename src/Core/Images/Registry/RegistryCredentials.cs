using System.Text;
using System.Text.Json.Nodes;

namespace Compose.Images.Registry;

/// <summary>
/// Finds logins for registries: those of -RegistryCredential, else those of docker's config.json (auths and credential helpers).
/// Secrets leave this class only as header values or as a config.json.
/// </summary>
/// <param name="configDirectory">The directory of config.json.</param>
/// <param name="given">The logins of -RegistryCredential, by registry, which have precedence.</param>
internal sealed class RegistryCredentials(
    string configDirectory, IReadOnlyDictionary<string, RegistryLogin>? given = null)
{
    private readonly Dictionary<string, RegistryLogin> _given =
        (given ?? new Dictionary<string, RegistryLogin>())
            .ToDictionary(login => DockerLogins.Host(login.Key), login => login.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Docker's configuration directory, which need not exist.</summary>
    public string ConfigDirectory => configDirectory;

    /// <summary>Whether there are logins from -RegistryCredential.</summary>
    public bool HasGiven => _given.Count > 0;

    /// <summary>The login of -RegistryCredential for a registry, or null.</summary>
    public RegistryLogin? Given(string registry) => _given.TryGetValue(registry, out var login) ? login : null;

    /// <summary>The X-Registry-Auth header for a registry, or null if there is no login for it.</summary>
    public async Task<string?> HeaderAsync(string registry, CancellationToken cancellationToken) =>
        await FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } login
            ? LoginJson.Header(json => LoginJson.Write(json, login, DockerLogins.Key(registry)))
            : null;

    /// <summary>
    /// The X-Registry-Config header for a build with the classic builder, which pulls images itself; null if there are no logins.
    /// </summary>
    /// <param name="registries">The registries of the build's images; null, if they are unknown, for all logins.</param>
    /// <param name="cancellationToken">Ends the credential helpers.</param>
    public async Task<string?> ConfigHeaderAsync(IEnumerable<string>? registries, CancellationToken cancellationToken)
    {
        var known = new SortedDictionary<string, RegistryLogin>(StringComparer.Ordinal);
        registries ??= await RegistriesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var registry in registries.Concat(_given.Keys).Distinct())
        {
            if (await FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } login)
                known[DockerLogins.Key(registry)] = login;
        }

        return known.Count == 0 ? null : LoginJson.Header(json =>
        {
            json.WriteStartObject();
            foreach (var login in known)
            {
                json.WritePropertyName(login.Key);
                LoginJson.Write(json, login.Value, login.Key);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>A config.json with all logins of docker's configuration, those of credential helpers in plain text.</summary>
    public async Task<byte[]> AllAsync(CancellationToken cancellationToken)
    {
        var logins = new SortedDictionary<string, RegistryLogin>(StringComparer.Ordinal);
        using var config = DockerLogins.Open(configDirectory);
        if (config is not null)
        {
            foreach (var key in await config.KeysAsync(cancellationToken).ConfigureAwait(false))
            {
                if (await config.FindAsync(key, key, cancellationToken).ConfigureAwait(false) is { } login)
                    logins[key] = login;
            }
        }

        return LoginJson.Config(logins);
    }

    /// <summary>Docker's config.json, with the logins of -RegistryCredential replacing its own and those of helpers.</summary>
    public byte[] WithGiven()
    {
        using var file = DockerLogins.Open(configDirectory);
        var config = file?.Copy() ?? [];
        var auths = Section(config, "auths");
        foreach (var login in _given)
        {
            var key = DockerLogins.Key(login.Key);
            auths[key] = new JsonObject { ["auth"] = LoginJson.Encode(login.Value) };
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

    private async Task<RegistryLogin?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        if (_given.TryGetValue(registry, out var login))
            return login;
        using var config = DockerLogins.Open(configDirectory);
        return config is null
            ? null
            : await config.FindAsync(DockerLogins.Key(registry), registry, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The registries with a login in docker's configuration.</summary>
    private async Task<IReadOnlyList<string>> RegistriesAsync(CancellationToken cancellationToken)
    {
        using var config = DockerLogins.Open(configDirectory);
        return config is null
            ? []
            : [.. (await config.KeysAsync(cancellationToken).ConfigureAwait(false)).Select(DockerLogins.Host)];
    }

    private static JsonObject Section(JsonObject config, string name)
    {
        if (config[name] is not JsonObject section)
            config[name] = section = [];
        return section;
    }
}
