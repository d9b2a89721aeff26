using Compose.Engine.Endpoint;
using Compose.Engine.Own;
using Compose.Engine.Transport;
using Compose.Errors;

namespace Compose.Engine.Api;

/// <summary>A connection to an engine, with a negotiated API version and pooled connections.</summary>
internal sealed class EngineClient : IDisposable
{
    private const int IPv4Since = 47;
    private const int ManifestsSince = 48;
    private readonly EngineTransport _transport;
    private readonly DockerLibrary _library;

    private EngineClient(EngineTransport transport, ApiVersion version, PingAnswer ping)
    {
        (_transport, ApiVersion) = (transport, version);
        (OSType, BuilderVersion, IsPodman) = (ping.OSType, ping.BuilderVersion, ping.IsPodman);
        _library = new DockerLibrary(new LibraryHandler(transport), version.Major, version.Minor);
        var requests = new EngineRequests(transport, "/v" + version, TimeLimit);
        var calls = new EngineCalls(transport, TimeLimit);
        Containers = new ContainersApi(_library, calls, requests, IsPodman);
        Images = new ImagesApi(_library, calls, requests, version.AtLeast(ManifestsSince), IsPodman);
        Networks = new NetworksApi(_library, calls, requests, version.AtLeast(IPv4Since));
        Volumes = new VolumesApi(_library, calls);
        Swarm = new SwarmApi(_library, calls, requests);
        System = new SystemApi(_library, calls, requests, IsPodman);
    }

    public ContainersApi Containers { get; }
    public ImagesApi Images { get; }
    public NetworksApi Networks { get; }
    public VolumesApi Volumes { get; }
    public SwarmApi Swarm { get; }
    public SystemApi System { get; }

    /// <summary>The negotiated API version.</summary>
    public ApiVersion ApiVersion { get; }

    /// <summary>linux or windows.</summary>
    public string OSType { get; }

    /// <summary>The builder the engine recommends: "2" is BuildKit.</summary>
    public string? BuilderVersion { get; }

    /// <summary>Whether the engine is Podman, whose Docker API differs in places; the ping answer has a header for it.</summary>
    public bool IsPodman { get; }

    /// <summary>Whether the engine builds with BuildKit; no engine does for Windows containers.</summary>
    public bool HasBuildKit => BuilderVersion == "2" && OSType != "windows";

    /// <summary>The endpoint's address in Docker's form.</summary>
    public string EngineHost => _transport.Endpoint.Host;

    public EngineEndpoint Endpoint => _transport.Endpoint;

    /// <summary>The time limit of requests that the engine can answer at once.</summary>
    public TimeLimit TimeLimit => Api.TimeLimit.Of(Endpoint.Timeout);

    /// <summary>Environment variables that make docker's programs use this engine; null removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> DockerVariables => _transport.Endpoint.DockerVariables;

    public bool IsLocal => _transport.Endpoint.IsLocal;

    /// <summary>The number of connections opened so far.</summary>
    public int Dials => _transport.Dials;

    /// <summary>Connects and negotiates the API version with a single request, GET /_ping.</summary>
    public static Task<EngineClient> ConnectAsync(
        EngineEndpoint endpoint, CancellationToken cancellationToken, TransportKind kind = TransportKind.Default) =>
        Api.TimeLimit.Of(endpoint.Timeout).AwaitAsync(
            token => PingAsync(endpoint, kind, token),
            (length, inner) => EngineErrors.NoAnswer.Exception(
                $"What is at {endpoint.Host} took the connection, and did not answer within {Api.TimeLimit.Format(length)}.",
                endpoint.Host, EngineErrors.WaitLonger, inner),
            cancellationToken);

    private static async Task<EngineClient> PingAsync(
        EngineEndpoint endpoint, TransportKind kind, CancellationToken cancellationToken)
    {
        var transport = new EngineTransport(endpoint, kind);
        try
        {
            var answer = await PingCall.PingAsync(transport, cancellationToken).ConfigureAwait(false);
            return new EngineClient(transport, Agree(endpoint, answer.Version), answer);
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _library.Dispose();
        _transport.Dispose();
    }

    private static ApiVersion Agree(EngineEndpoint endpoint, ApiVersion theirs)
    {
        if (theirs < Api.ApiVersion.Oldest)
            throw EngineErrors.TooOld.Exception(
                $"The engine at {endpoint.Host} speaks API {theirs}; {Api.ApiVersion.Oldest} is the oldest supported.",
                endpoint.Host);
        if (endpoint.ApiVersion is not { } text)
            return theirs < Api.ApiVersion.Newest ? theirs : Api.ApiVersion.Newest;
        var asked = Api.ApiVersion.Parse(text.TrimStart('v'))
            ?? throw EngineErrors.InvalidApiVersion.Exception(
                $"'{text}' in DOCKER_API_VERSION is no version of the Engine API.", text);
        if (asked < Api.ApiVersion.Oldest || asked > theirs)
            throw EngineErrors.InvalidApiVersion.Exception(
                $"DOCKER_API_VERSION asks for API {asked}; with the engine at {endpoint.Host} it can be "
                    + $"{(theirs == Api.ApiVersion.Oldest ? "" : $"{Api.ApiVersion.Oldest} to ")}{theirs}.",
                text);
        return asked;
    }
}
