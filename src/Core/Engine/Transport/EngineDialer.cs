using System.Net.Sockets;
using Compose.Engine.Endpoint;
using Compose.Engine.Transport.Pipes;
using Compose.Engine.Transport.Sockets;
using Compose.Engine.Transport.Ssh;
using Compose.Engine.Transport.Tls;
using Compose.Errors;

namespace Compose.Engine.Transport;

/// <summary>Chooses the dialer for an endpoint, and turns connection failures into errors with advice.</summary>
internal sealed class EngineDialer(EngineEndpoint endpoint, IDialer? inner = null) : IDialer
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private readonly IDialer _dialer = inner ?? Choose(endpoint);
    private int _dials;

    /// <summary>The number of connections opened so far; tests use it to check that connections are reused.</summary>
    public int Dials => _dials;

    public async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(ConnectTimeout);
        try
        {
            Interlocked.Increment(ref _dials);
            return await _dialer.DialAsync(limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw EngineErrors.NoAnswer.Exception(
                $"No engine answered at {endpoint.Host} within {ConnectTimeout.TotalSeconds:0} seconds.", endpoint.Host,
                inner: exception);
        }
        catch (Exception exception) when (IsAccessDenied(exception))
        {
            throw EngineErrors.AccessDenied.Exception(
                $"Access to the engine at {endpoint.Host} was denied.", endpoint.Host, inner: exception);
        }
        catch (SocketException exception) when (endpoint.Uri.Scheme == "unix" && !File.Exists(UnixDialer.PathOf(endpoint.Uri)))
        {
            // .NET's own message for this is misleading: the address cannot be assigned.
            var path = UnixDialer.PathOf(endpoint.Uri);
            throw EngineErrors.NotRunning.Exception(
                $"No engine answers at {endpoint.Host}: there is no socket '{path}'.", endpoint.Host,
                path[0] is '/' or '@' ? null : $"A full path begins with a third slash: unix:///{path}", exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException)
        {
            throw EngineErrors.NotRunning.Exception(
                $"No engine answers at {endpoint.Host}: {exception.Message}", endpoint.Host, inner: exception);
        }
    }

    private static IDialer Choose(EngineEndpoint endpoint) => endpoint.Uri.Scheme switch
    {
        "unix" => UnixDialer.Parse(endpoint.Uri),
        "npipe" => NamedPipeDialer.Parse(endpoint.Uri),
        "ssh" => new SshDialer(endpoint),
        _ when endpoint.Tls is { } files => new TlsDialer(Tcp(endpoint.Uri), endpoint, files),
        _ => Tcp(endpoint.Uri),
    };

    private static TcpDialer Tcp(Uri uri) => new(uri.IdnHost, uri.Port > 0 ? uri.Port : 2375);

    private static bool IsAccessDenied(Exception exception) =>
        exception is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied };
}
