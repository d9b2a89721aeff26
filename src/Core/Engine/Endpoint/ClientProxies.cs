using System.Text.Json;

namespace Compose.Engine.Endpoint;

/// <summary>
/// Reads the proxies for containers from docker's config.json: the entry of <c>proxies</c> for the engine, else <c>default</c>.
/// </summary>
internal static class ClientProxies
{
    private static readonly (string Key, string Variable)[] Known =
    [
        ("httpProxy", "HTTP_PROXY"), ("httpsProxy", "HTTPS_PROXY"), ("noProxy", "NO_PROXY"), ("ftpProxy", "FTP_PROXY"),
        ("allProxy", "ALL_PROXY"),
    ];

    /// <summary>Returns environment variables, each in upper and lower case, since programs differ in which they read.</summary>
    public static IReadOnlyDictionary<string, string> Read(string configDirectory, string engineHost)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = Path.Combine(configDirectory, "config.json");
        if (!File.Exists(file))
            return variables;
        using var document = DockerContextStore.Parse(file);
        if (!document.RootElement.TryGetProperty("proxies", out var proxies) || proxies.ValueKind != JsonValueKind.Object
            || !(proxies.TryGetProperty(engineHost, out var chosen) || proxies.TryGetProperty("default", out chosen))
            || chosen.ValueKind != JsonValueKind.Object)
            return variables;
        foreach (var (key, variable) in Known)
        {
            if (DockerContextStore.Text(chosen, key) is { } text)
                variables[variable] = variables[variable.ToLowerInvariant()] = text;
        }

        return variables;
    }
}
