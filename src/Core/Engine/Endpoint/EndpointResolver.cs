namespace Compose.Engine.Endpoint;

/// <summary>
/// Finds the endpoint in docker's order: host, context, DOCKER_HOST, DOCKER_CONTEXT, the current context, the default.
/// DOCKER_TLS_VERIFY, DOCKER_TLS and DOCKER_CERT_PATH apply to a given host, to DOCKER_HOST and to the default; a context has its
/// own TLS files.
/// </summary>
internal static class EndpointResolver
{
    private const string UnixDefault = "unix:///var/run/docker.sock";
    private const string WindowsDefault = "npipe:////./pipe/docker_engine";
    private const string TlsDefault = "tcp://localhost:2376";

    public static EngineEndpoint Resolve(EndpointRequest request)
    {
        if (request.EngineHost is { } given && given.Trim().Length > 0)
            return OfHost(given, request);
        if (request.Context is { } named)
            return OfContext(named, "-Context", request);
        if (DockerHost(request) is not null)
            return Default(request);
        if (request.Variable("DOCKER_CONTEXT") is { } context)
            return OfContext(context, "DOCKER_CONTEXT", request);
        return DockerContextStore.Current(request.ConfigDirectory) is { } current
            ? OfContext(current, "currentContext in " + Path.Combine(request.ConfigDirectory, "config.json"), request)
            : Default(request);
    }

    /// <summary>
    /// Resolves a given host. Output objects hold only the engine's host, so TLS files come from a context with the same host.
    /// </summary>
    private static EngineEndpoint OfHost(string host, EndpointRequest request)
    {
        var uri = EngineAddress.Parse(host);
        var tls = EnvironmentTls(request);
        if (uri.Scheme == "tcp" && !IsDockerHost(uri, request)
            && DockerContextStore.All(request.ConfigDirectory)
                .FirstOrDefault(context => context.Tls is not null && context.Host == uri.OriginalString) is { } known)
            tls = known.Tls;
        return Endpoint(uri, tls, request);
    }

    private static EngineEndpoint OfContext(string name, string origin, EndpointRequest request)
    {
        if (name == "default")
            return Default(request);
        var context = DockerContextStore.Read(request.ConfigDirectory, name, origin);
        return Endpoint(EngineAddress.Parse(context.Host), context.Tls, request);
    }

    /// <summary>The endpoint of docker's context 'default'.</summary>
    private static EngineEndpoint Default(EndpointRequest request)
    {
        var tls = EnvironmentTls(request);
        var host = DockerHost(request) ?? (tls is not null ? TlsDefault : request.Windows ? WindowsDefault : UnixDefault);
        return Endpoint(EngineAddress.Parse(host), tls, request);
    }

    private static EngineEndpoint Endpoint(Uri uri, TlsFiles? tls, EndpointRequest request) =>
        new(uri, request.Variable("DOCKER_API_VERSION"), uri.Scheme switch
        {
            "tcp" => tls,
            "https" => tls ?? new TlsFiles(null, null, null),
            _ => null,
        });

    /// <summary>The value of DOCKER_HOST; null when it is unset or blank.</summary>
    private static string? DockerHost(EndpointRequest request) =>
        request.Variable("DOCKER_HOST") is { } host && host.Trim().Length > 0 ? host : null;

    private static bool IsDockerHost(Uri uri, EndpointRequest request) =>
        DockerHost(request) is { } host && EngineAddress.Parse(host).OriginalString == uri.OriginalString;

    private static TlsFiles? EnvironmentTls(EndpointRequest request)
    {
        var verify = request.Variable("DOCKER_TLS_VERIFY") is not null;
        return verify || request.Variable("DOCKER_TLS") is not null
            ? TlsFiles.In(request.Variable("DOCKER_CERT_PATH") ?? request.ConfigDirectory, verify, authorityRequired: verify)
            : null;
    }
}
