using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compose.Errors;

namespace Compose.Engine.Endpoint;

/// <summary>
/// Reads the docker CLI's contexts: <c>contexts/meta/&lt;sha256 of the name&gt;/meta.json</c>, and their PEM files in
/// <c>contexts/tls/&lt;sha256 of the name&gt;/docker</c>.
/// </summary>
internal static class DockerContextStore
{
    /// <summary>The current context in docker's config.json, or null.</summary>
    public static string? Current(string configDirectory)
    {
        var file = Path.Combine(configDirectory, "config.json");
        if (!File.Exists(file))
            return null;
        using var document = Parse(file);
        return Text(document.RootElement, "currentContext");
    }

    /// <summary>Reads a context by name.</summary>
    /// <param name="configDirectory">Docker's configuration directory.</param>
    /// <param name="name">The context's name.</param>
    /// <param name="origin">The source of the name, for the error: -Context, DOCKER_CONTEXT or a file.</param>
    public static DockerContext Read(string configDirectory, string name, string origin)
    {
        var file = Path.Combine(MetaDirectory(configDirectory), Digest(name), "meta.json");
        if (!File.Exists(file))
            throw EngineErrors.ContextNotFound.Exception(
                $"There is no docker context '{name}' ({origin}). {Known(configDirectory)}", name);
        return ReadFile(configDirectory, file)
            ?? throw EngineErrors.ContextNotFound.Exception($"The docker context '{name}' names no engine.", name);
    }

    /// <summary>All contexts with a docker endpoint, sorted by name; unreadable ones are skipped.</summary>
    public static IReadOnlyList<DockerContext> All(string configDirectory)
    {
        var meta = MetaDirectory(configDirectory);
        if (!Directory.Exists(meta))
            return [];
        return [
            .. Directory.EnumerateDirectories(meta).Select(directory => Path.Combine(directory, "meta.json")).Where(File.Exists)
            .Select(file => TryReadFile(configDirectory, file))
            .OfType<DockerContext>()
            .OrderBy(context => context.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Parses a file of docker's configuration, which must hold a JSON object. An empty file counts as an empty object; a byte
    /// order mark is skipped.
    /// </summary>
    public static JsonDocument Parse(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            var document = JsonDocument.Parse(text.Trim().Length == 0 ? "{}" : text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw EngineErrors.ConfigInvalid.Exception($"'{file}' is not a JSON object, in braces.", file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw EngineErrors.ConfigInvalid.Exception($"'{file}' cannot be read: {exception.Message}", file, inner: exception);
        }
        catch (JsonException exception)
        {
            throw EngineErrors.ConfigInvalid.Exception(
                $"'{file}' is not valid JSON: {exception.Message}", file, inner: exception);
        }
    }

    private static string MetaDirectory(string configDirectory) => Path.Combine(configDirectory, "contexts", "meta");

    private static DockerContext? TryReadFile(string configDirectory, string file)
    {
        try
        {
            return ReadFile(configDirectory, file);
        }
        catch (Exception exception) when (exception is ComposeException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static DockerContext? ReadFile(string configDirectory, string file)
    {
        using var document = Parse(file);
        if (!Property(document.RootElement, "Endpoints", out var endpoints) || !Property(endpoints, "docker", out var docker)
            || Text(docker, "Host") is not { } host)
            return null;
        var digest = Path.GetFileName(Path.GetDirectoryName(file))!;
        var skipVerify = Property(docker, "SkipTLSVerify", out var skip) && skip.ValueKind == JsonValueKind.True;
        return new DockerContext(
            Text(document.RootElement, "Name") ?? "", host,
            Tls(Path.Combine(configDirectory, "contexts", "tls", digest, "docker"), skipVerify));
    }

    /// <summary>The TLS files of a context; null when it has no PEM files and does not set SkipTLSVerify.</summary>
    private static TlsFiles? Tls(string directory, bool skipVerify) =>
        skipVerify || (Directory.Exists(directory) && Directory.EnumerateFiles(directory, "*.pem").Any())
            ? TlsFiles.In(directory, verify: !skipVerify, authorityRequired: false)
            : null;

    private static string Known(string configDirectory)
    {
        var names = All(configDirectory).Select(context => $"'{context.Name}'").ToList();
        return names.Count == 0 ? $"'{configDirectory}' holds none." : $"There are 'default', {string.Join(", ", names)}.";
    }

    /// <summary>The string value of a property; null when it is missing, empty or not a string.</summary>
    public static string? Text(JsonElement element, string name) =>
        Property(element, name, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static bool Property(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }

    private static string Digest(string name)
    {
        using var sha = SHA256.Create();
        return string.Concat(
            sha.ComputeHash(Encoding.UTF8.GetBytes(name)).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
