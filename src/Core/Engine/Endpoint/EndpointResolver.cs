using Compose.Errors;

namespace Compose.Engine.Endpoint;

/// <summary>Finds the endpoint as docker does: host, context, DOCKER_HOST, DOCKER_CONTEXT, the current context, the default.</summary>
internal static class EndpointResolver
{
    private const string UnixDefault = "unix:///var/run/docker.sock";
    private const string WindowsDefault = "npipe:////./pipe/docker_engine";

    public static EngineEndpoint Resolve(EndpointRequest request)
    {
        var host = request.EngineHost
            ?? HostOfContext(request, request.Context)
            ?? request.Variable("DOCKER_HOST")
            ?? HostOfContext(request, request.Variable("DOCKER_CONTEXT") ?? DockerContextStore.Current(request.ConfigDirectory))
            ?? (request.Windows ? WindowsDefault : UnixDefault);
        return Parse(host, request);
    }

    private static string? HostOfContext(EndpointRequest request, string? context) =>
        context is null or "default" ? null : DockerContextStore.Host(request.ConfigDirectory, context);

    private static EngineEndpoint Parse(string host, EndpointRequest request)
    {
        if (!Uri.TryCreate(host, UriKind.Absolute, out var uri))
            throw EngineErrors.InvalidEndpoint.Exception($"'{host}' is not an engine endpoint.", host);
        var scheme = uri.Scheme;
        if (scheme is "ssh" or "https" || (scheme is "tcp" or "http" && UsesTls(request)))
            throw EngineErrors.EndpointNotSupported.Exception($"The endpoint '{host}' needs {(scheme == "ssh" ? "ssh" : "TLS")}, which is not carried out yet.", host);
        if (scheme is not ("unix" or "npipe" or "tcp" or "http"))
            throw EngineErrors.InvalidEndpoint.Exception($"'{host}' has the scheme '{scheme}', which is none of an engine's.", host);
        return new EngineEndpoint(uri, request.Variable("DOCKER_API_VERSION"));
    }

    private static bool UsesTls(EndpointRequest request) =>
        request.Variable("DOCKER_TLS_VERIFY") is not null || request.Variable("DOCKER_TLS") is not null;
}
