using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Compose.Engine.Endpoint;
using Compose.Engine.Programs;
using Compose.Errors;

namespace Compose.Images.Registry;

/// <summary>
/// Finds logins for registries: those of -RegistryCredential, else those of docker's config.json (auths and credential helpers).
/// Secrets leave this class only as header values or as a config.json.
/// </summary>
/// <param name="configDirectory">The directory of config.json.</param>
/// <param name="given">The logins of -RegistryCredential, by registry, which have precedence.</param>
internal sealed partial class RegistryCredentials(
    string configDirectory, IReadOnlyDictionary<string, RegistryLogin>? given = null)
{
    private const string DockerHubKey = "https://index.docker.io/v1/";
    private readonly Dictionary<string, RegistryLogin> _given =
        (given ?? new Dictionary<string, RegistryLogin>())
            .ToDictionary(login => Host(login.Key), login => login.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Docker's configuration directory, which need not exist.</summary>
    public string ConfigDirectory => configDirectory;

    /// <summary>Whether there are logins from -RegistryCredential.</summary>
    public bool HasGiven => _given.Count > 0;

    /// <summary>The X-Registry-Auth header for a registry, or null if there is no login for it.</summary>
    public async Task<string?> HeaderAsync(string registry, CancellationToken cancellationToken) =>
        await FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } credential
            ? Header(json => Write(json, credential, Key(registry)))
            : null;

    /// <summary>
    /// The X-Registry-Config header for a build with the classic builder, which pulls images itself; null if there are no logins.
    /// </summary>
    /// <param name="registries">The registries of the build's images; null, if they are unknown, for all logins.</param>
    /// <param name="cancellationToken">Ends the credential helpers.</param>
    public async Task<string?> ConfigHeaderAsync(IEnumerable<string>? registries, CancellationToken cancellationToken)
    {
        var known = new SortedDictionary<string, (string User, string Secret)>(StringComparer.Ordinal);
        registries ??= await RegistriesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var registry in registries.Concat(_given.Keys).Distinct())
        {
            if (await FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } credential)
                known[Key(registry)] = credential;
        }

        return known.Count == 0 ? null : Header(json =>
        {
            json.WriteStartObject();
            foreach (var login in known)
            {
                json.WritePropertyName(login.Key);
                Write(json, login.Value, login.Key);
            }

            json.WriteEndObject();
        });
    }

    private async Task<(string User, string Secret)?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        if (_given.TryGetValue(registry, out var login))
            return (login.User, login.Secret);
        var file = Path.Combine(configDirectory, "config.json");
        if (!File.Exists(file))
            return null;
        using var document = Parse(file);
        var helper = Helper(document.RootElement, Key(registry), registry);
        return helper is null
            ? Stored(document.RootElement, Key(registry))
            : await AskAsync(helper, Key(registry), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The key of a registry in docker's config.json.</summary>
    private static string Key(string registry) => registry == ImageReference.DockerHub ? DockerHubKey : registry;

    private static JsonDocument Parse(string file) => DockerContextStore.Parse(file);

    private static string? Helper(JsonElement config, string key, string registry)
    {
        if (config.TryGetProperty("credHelpers", out var helpers) && helpers.ValueKind == JsonValueKind.Object
            && (helpers.TryGetProperty(key, out var named) || helpers.TryGetProperty(registry, out named)))
            return named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return Text(config, "credsStore");
    }

    private static (string User, string Secret)? Stored(JsonElement config, string key)
    {
        if (!config.TryGetProperty("auths", out var auths)
            || auths.ValueKind != JsonValueKind.Object
            || Entry(auths, key) is not { ValueKind: JsonValueKind.Object } entry)
            return null;
        if (Text(entry, "identitytoken") is { } identity)
            return ("<token>", identity);
        if (Text(entry, "auth") is not { } encoded)
            return Text(entry, "username") is { } user && Text(entry, "password") is { } password ? (user, password) : null;
        var text = Decode(encoded, key);
        var colon = text.IndexOf(':');
        return colon < 0 ? null : (text.Substring(0, colon), text.Substring(colon + 1).TrimEnd('\0'));
    }

    private static string? Text(JsonElement entry, string name) => DockerContextStore.Text(entry, name);

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

    /// <summary>The host of a registry's address, without scheme and path; docker.io for all of Docker Hub's names.</summary>
    private static string Host(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? address : address.Substring(scheme + 3);
        var host = rest.Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io" ? ImageReference.DockerHub : host;
    }

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

    /// <summary>Asks a credential helper, which reads the server on standard input and writes JSON on standard output.</summary>
    private static async Task<(string User, string Secret)?> AskAsync(
        string helper, string key, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(helper, "get", key, cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return null;
        using (answer)
        {
            if (!answer.RootElement.TryGetProperty("Username", out var user)
                || !answer.RootElement.TryGetProperty("Secret", out var secret))
                return null;
            return user.ValueKind == JsonValueKind.String && secret.ValueKind == JsonValueKind.String
                ? (user.GetString()!, secret.GetString()!)
                : throw ImageErrors.CredentialHelper.Exception(
                    $"The credential helper 'docker-credential-{helper}' answered with a user name or secret that is no text.",
                        helper);
        }
    }

    /// <summary>Runs a helper's verb (get, list). Returns its JSON object, or null if it has no login.</summary>
    private static async Task<JsonDocument?> RunAsync(
        string helper, string verb, string input, CancellationToken cancellationToken)
    {
        if (ProgramPath.IsPath(helper))
        {
            throw ImageErrors.CredentialHelper.Exception(
                $"Docker's configuration names the credential helper '{helper}', which is a path. A helper has a name only.",
                helper);
        }

        try
        {
            using var process = ChildProgram.Start(new ProcessStartInfo("docker-credential-" + helper, verb))
                ?? throw ImageErrors.CredentialHelper.Exception(
                    $"The credential helper 'docker-credential-{helper}' is not on PATH.", helper);
            using var registration = cancellationToken.Register(() => ChildProgram.Kill(process));
            await ChildProgram.WriteAsync(process, input + "\n").ConfigureAwait(false);
            var answer = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            var code = await ChildProgram.ExitAsync(process, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // By the helpers' protocol this text on standard output means "no login"; other failures are errors.
            if (answer.IndexOf("credentials not found", StringComparison.OrdinalIgnoreCase) >= 0)
                return null;
            if (code == 0)
                return answer.Trim() is "" or "null" ? null : Answer(answer, helper);
            throw ImageErrors.CredentialHelper.Exception(
                $"The credential helper 'docker-credential-{helper}' failed: {answer.Trim()}", helper);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or JsonException)
        {
            throw ImageErrors.CredentialHelper.Exception(
                $"The credential helper 'docker-credential-{helper}' did not answer: {exception.Message}", helper,
                inner: exception);
        }
    }

    private static JsonDocument Answer(string text, string helper)
    {
        var answer = JsonDocument.Parse(text);
        if (answer.RootElement.ValueKind == JsonValueKind.Object)
            return answer;
        answer.Dispose();
        throw ImageErrors.CredentialHelper.Exception(
            $"The credential helper 'docker-credential-{helper}' answered with something else than a JSON object.", helper);
    }

    private static void Write(Utf8JsonWriter json, (string User, string Secret) credential, string key)
    {
        json.WriteStartObject();
        if (credential.User == "<token>")
        {
            json.WriteString("identitytoken", credential.Secret);
        }
        else
        {
            json.WriteString("username", credential.User);
            json.WriteString("password", credential.Secret);
        }

        json.WriteString("serveraddress", key);
        json.WriteEndObject();
    }

    private static string Header(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            write(json);
        return Convert.ToBase64String(stream.ToArray()).Replace('+', '-').Replace('/', '_');
    }
}
