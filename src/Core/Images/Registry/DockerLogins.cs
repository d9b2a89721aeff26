using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Compose.Engine.Endpoint;
using Compose.Errors;

namespace Compose.Images.Registry;

/// <summary>The logins of docker's config.json: those in its auths, and those of the credential helpers it names.</summary>
internal sealed class DockerLogins : IDisposable
{
    private const string DockerHubKey = "https://index.docker.io/v1/";
    private readonly JsonDocument _document;

    private DockerLogins(JsonDocument document) => _document = document;

    private JsonElement Config => _document.RootElement;

    /// <summary>Opens the config.json of a directory; null if there is none.</summary>
    public static DockerLogins? Open(string directory)
    {
        var file = Path.Combine(directory, "config.json");
        return File.Exists(file) ? new DockerLogins(DockerContextStore.Parse(file)) : null;
    }

    /// <summary>The key of a registry in config.json.</summary>
    public static string Key(string registry) => registry == ImageReference.DockerHub ? DockerHubKey : registry;

    /// <summary>The host of a registry's address, without scheme and path; docker.io for all of Docker Hub's names.</summary>
    public static string Host(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address.Substring(scheme + 3);
        var host = rest.Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io" ? ImageReference.DockerHub : host;
    }

    public void Dispose() => _document.Dispose();

    /// <summary>The login for a registry, of its helper if it has one; null if there is none.</summary>
    /// <param name="key">The registry's key in auths.</param>
    /// <param name="registry">The registry's name, which credHelpers may have instead of the key.</param>
    /// <param name="cancellationToken">Ends the helper.</param>
    public async Task<RegistryLogin?> FindAsync(string key, string registry, CancellationToken cancellationToken) =>
        Helper(key, registry) is { } helper
            ? await CredentialHelper.GetAsync(helper, key, cancellationToken).ConfigureAwait(false)
            : Stored(key);

    /// <summary>The keys of registries with a login in auths, credHelpers or the credential store.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var section in new[] { "auths", "credHelpers" })
        {
            if (Config.TryGetProperty(section, out var named) && named.ValueKind == JsonValueKind.Object)
                keys.AddRange(named.EnumerateObject().Select(property => property.Name));
        }

        if (Text(Config, "credsStore") is { } helper)
            keys.AddRange(await CredentialHelper.ListAsync(helper, cancellationToken).ConfigureAwait(false));
        return [.. keys.Distinct()];
    }

    /// <summary>The whole file, to be changed.</summary>
    public JsonObject? Copy() => JsonNode.Parse(Config.GetRawText()) as JsonObject;

    private string? Helper(string key, string registry)
    {
        if (Config.TryGetProperty("credHelpers", out var helpers) && helpers.ValueKind == JsonValueKind.Object
            && (helpers.TryGetProperty(key, out var named) || helpers.TryGetProperty(registry, out named)))
            return named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return Text(Config, "credsStore");
    }

    private RegistryLogin? Stored(string key)
    {
        if (!Config.TryGetProperty("auths", out var auths)
            || auths.ValueKind != JsonValueKind.Object
            || Entry(auths, key) is not { ValueKind: JsonValueKind.Object } entry)
            return null;
        if (Text(entry, "identitytoken") is { } identity)
            return RegistryLogin.OfToken(identity);
        if (Text(entry, "auth") is not { } encoded)
        {
            return Text(entry, "username") is { } user && Text(entry, "password") is { } password
                ? new RegistryLogin(user, password)
                : null;
        }

        var text = Decode(encoded, key);
        var colon = text.IndexOf(':');
        return colon < 0 ? null : new RegistryLogin(text.Substring(0, colon), text.Substring(colon + 1).TrimEnd('\0'));
    }

    /// <summary>The entry of a registry: by its exact key, else by a URL with its host.</summary>
    private static JsonElement? Entry(JsonElement auths, string key)
    {
        if (auths.TryGetProperty(key, out var exact))
            return exact;
        var alike = auths.EnumerateObject()
            .Where(entry => string.Equals(Host(entry.Name), Host(key), StringComparison.OrdinalIgnoreCase))
            .ToList();
        return alike.Count == 0 ? null : alike[0].Value;
    }

    private static string? Text(JsonElement entry, string name) => DockerContextStore.Text(entry, name);

    private static string Decode(string encoded, string key)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
        }
        catch (FormatException exception)
        {
            throw ImageErrors.LoginInvalid.Exception(
                $"The login for '{key}' in docker's config.json is not valid base64.", key, inner: exception);
        }
    }
}
