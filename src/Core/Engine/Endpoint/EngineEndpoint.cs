namespace Compose.Engine.Endpoint;

/// <summary>The address of an engine and how to connect to it.</summary>
/// <param name="Uri">unix:///path, npipe:////./pipe/name, tcp://host:port, ssh://user@host:port.</param>
/// <param name="ApiVersion">The requested API version (DOCKER_API_VERSION), or null to negotiate.</param>
/// <param name="Tls">The TLS settings for tcp; null for plain tcp.</param>
internal sealed record EngineEndpoint(Uri Uri, string? ApiVersion = null, TlsFiles? Tls = null)
{
    /// <summary>The address in Docker's form: <c>unix:///var/run/docker.sock</c>.</summary>
    public string Host => Uri.OriginalString;

    /// <summary>The ssh program for ssh:// addresses: a name on PATH, or a path.</summary>
    public string SshProgram { get; init; } = "ssh";

    /// <summary>The time limit of requests that an engine can answer at once; zero means no limit.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Whether the engine runs on this machine: a unix socket or a local named pipe.</summary>
    public bool IsLocal =>
        Uri.Scheme == "unix"
            || (Uri.Scheme == "npipe" && Uri.OriginalString.StartsWith("npipe:////./", StringComparison.Ordinal));

    /// <summary>
    /// Environment variables that make docker's programs use this endpoint in the same way; null removes the variable.
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
