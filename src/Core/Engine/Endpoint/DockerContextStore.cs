using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compose.Errors;

namespace Compose.Engine.Endpoint;

/// <summary>Reads the contexts the docker CLI keeps: <c>contexts/meta/&lt;sha256 of the name&gt;/meta.json</c>.</summary>
internal static class DockerContextStore
{
    /// <summary>The context docker's configuration selects, or null.</summary>
    public static string? Current(string configDirectory)
    {
        var file = Path.Combine(configDirectory, "config.json");
        if (!File.Exists(file))
            return null;
        using var document = Parse(file);
        return document.RootElement.TryGetProperty("currentContext", out var name) && name.GetString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The endpoint of a context.</summary>
    public static string Host(string configDirectory, string context)
    {
        var file = Path.Combine(configDirectory, "contexts", "meta", Digest(context), "meta.json");
        if (!File.Exists(file))
            throw EngineErrors.ContextNotFound.Exception($"There is no docker context '{context}'.", context);
        using var document = Parse(file);
        if (document.RootElement.TryGetProperty("Endpoints", out var endpoints)
            && endpoints.TryGetProperty("docker", out var docker)
            && docker.TryGetProperty("Host", out var host)
            && host.GetString() is { Length: > 0 } text)
            return text;
        throw EngineErrors.ContextNotFound.Exception($"The docker context '{context}' names no engine.", context);
    }

    /// <summary>A file of docker's configuration.</summary>
    public static JsonDocument Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException exception)
        {
            throw EngineErrors.ContextNotFound.Exception($"'{file}' is not valid JSON: {exception.Message}", file, inner: exception);
        }
    }

    private static string Digest(string name)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(name)).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
