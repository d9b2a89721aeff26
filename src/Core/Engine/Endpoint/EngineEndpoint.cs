namespace Compose.Engine.Endpoint;

/// <summary>Where an engine is reached.</summary>
/// <param name="Uri">unix:///path, npipe:////./pipe/name, tcp://host:port, ssh://user@host:port.</param>
/// <param name="ApiVersion">The API version asked for (DOCKER_API_VERSION), or null to negotiate.</param>
/// <param name="Tls">How TLS is spoken over tcp; null is plain tcp.</param>
internal sealed record EngineEndpoint(Uri Uri, string? ApiVersion = null, TlsFiles? Tls = null)
{
    /// <summary>The endpoint as docker spells it: <c>unix:///var/run/docker.sock</c>.</summary>
    public string Host => Uri.OriginalString;

    /// <summary>The program that carries ssh://: a name on PATH, or a path.</summary>
    public string SshProgram { get; init; } = "ssh";

    /// <summary>The time limit of requests that an engine can answer at once; zero means no limit.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Whether the engine shares this machine's files.</summary>
    public bool IsLocal =>
        Uri.Scheme == "unix"
            || (Uri.Scheme == "npipe" && Uri.OriginalString.StartsWith("npipe:////./", StringComparison.Ordinal));

    /// <summary>
    /// What tells docker's own programs to use this engine in the same way; null is a variable they must not see.
    /// </summary>
    public IReadOnlyDictionary<string, string?> DockerVariables => new Dictionary<string, string?>
    {
        ["DOCKER_HOST"] = Host,
        ["DOCKER_CONTEXT"] = null,
        ["DOCKER_TLS"] = Tls is { Verify: false } ? "1" : null,
        ["DOCKER_TLS_VERIFY"] = Tls is { Verify: true } ? "1" : null,
        ["DOCKER_CERT_PATH"] = Path.GetDirectoryName(Tls?.Authority ?? Tls?.Certificate),
    };
}
