using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace Compose.Engine.Api;

/// <summary>
/// Docker.DotNet on our own transport. Created on first use, so commands that need none of its calls do not load its assembly.
/// </summary>
internal sealed class DockerLibrary : IDisposable
{
    /// <summary>A fixed address, since our handler ignores it; our own requests use the same host name.</summary>
    private static readonly Uri Address = new("http://docker");

    private readonly Lazy<DockerClient> _client;

    /// <param name="transport">The handler that sends requests; it returns complete, successful answers or throws.</param>
    /// <param name="major">The major number of the negotiated API version.</param>
    /// <param name="minor">The minor number of the negotiated API version.</param>
    public DockerLibrary(HttpMessageHandler transport, int major, int minor) =>
        _client = new(() => Build(transport, new Version(major, minor)));

    public DockerClient Client => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    // No time limit in Docker.DotNet: IEngineCalls sets one for each call.
    private static DockerClient Build(HttpMessageHandler transport, Version version) => new DockerClientBuilder()
        .WithEndpoint(Address)
        .WithApiVersion(version)
        .WithTimeout(Timeout.InfiniteTimeSpan)
        .WithTransportOptions(new TransportFactory(), transport)
        .Build();

    /// <summary>
    /// Passes our handler to Docker.DotNet, whose own transports open a connection for each request and do not support ssh.
    /// </summary>
    private sealed class TransportFactory : IDockerHandlerFactory<HttpMessageHandler>
    {
        public ResolvedTransport CreateHandler(
            HttpMessageHandler transportOptions, ResolvedClientOptions clientOptions, ILogger logger) =>
            new(transportOptions, clientOptions.Endpoint);

        public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
            throw new NotSupportedException("The transport is always given.");

        public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
            throw new NotSupportedException("Connections are taken over by requests of our own.");
    }
}
