using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace Compose.Engine.Api;

/// <summary>
/// Docker.DotNet on our own transport. It is made when it is first used: what needs none of its calls does not load it.
/// </summary>
internal sealed class DockerLibrary : IDisposable
{
    /// <summary>The handler under the library goes by no address; the host is what requests of our own name, too.</summary>
    private static readonly Uri Address = new("http://docker");

    private readonly Lazy<DockerClient> _client;

    /// <param name="transport">Sends a request and answers with a whole and sound answer, or throws.</param>
    /// <param name="major">The API version that was agreed upon; the library does not negotiate.</param>
    /// <param name="minor">Its second number.</param>
    public DockerLibrary(HttpMessageHandler transport, int major, int minor) =>
        _client = new(() => Build(transport, new Version(major, minor)));

    public DockerClient Client => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    // Without a time limit of the library's: each of our calls has its own.
    private static DockerClient Build(HttpMessageHandler transport, Version version) => new DockerClientBuilder()
        .WithEndpoint(Address)
        .WithApiVersion(version)
        .WithTimeout(Timeout.InfiniteTimeSpan)
        .WithTransportOptions(new TransportFactory(), transport)
        .Build();

    /// <summary>Hands the library our handler. Its own transports dial for each request, and none speaks ssh.</summary>
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
